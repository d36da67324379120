package dev.andon.service.config;

import java.util.Map;

/** A place in a file; line and column count from 1. */
public record Place(int line, int column) {
    static final Place START = new Place(1, 1);

    /** Returns the place of a path, or of the closest key above it that has one. */
    static Place closest(Map<String, Place> places, String path) {
        String at = path;
        while (!at.isEmpty()) {
            Place place = places.get(at);
            if (place != null) {
                return place;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return START;
    }
}

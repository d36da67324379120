package dev.andon.decide;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;

/** Some dozens of names in order, never changed: a copy with one more is one array, where a tree's is a node for each name. */
final class SortedNames extends AbstractSet<String> {
    private final String[] names;

    private SortedNames(String[] names) {
        this.names = names;
    }

    static SortedNames of(Set<String> names) {
        if (names instanceof SortedNames sorted) return sorted;
        String[] all = names.toArray(new String[0]);
        Arrays.sort(all);
        return new SortedNames(all);
    }

    SortedNames with(String another) {
        int place = Arrays.binarySearch(names, another);
        if (place >= 0) return this;
        int before = -place - 1;
        String[] more = Arrays.copyOf(names, names.length + 1);
        System.arraycopy(names, before, more, before + 1, names.length - before);
        more[before] = another;
        return new SortedNames(more);
    }

    SortedNames without(Collection<String> others) {
        String[] rest = new String[names.length];
        int size = 0;
        for (String name : names) {
            if (!others.contains(name)) rest[size++] = name;
        }
        return size == names.length ? this : new SortedNames(Arrays.copyOf(rest, size));
    }

    @Override
    public boolean contains(Object name) {
        return name instanceof String text && Arrays.binarySearch(names, text) >= 0;
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.asList(names).iterator();
    }

    @Override
    public int size() {
        return names.length;
    }
}

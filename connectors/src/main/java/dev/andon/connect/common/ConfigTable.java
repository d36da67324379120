package dev.andon.connect.common;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** Declares options in order, so that each reads as one line of facts and one of documentation. */
public final class ConfigTable {
    private final ConfigDef options;
    private String group = "General";
    private int order;

    public ConfigTable(ConfigDef options) {
        this.options = options;
    }

    /** What follows belongs to this group. */
    public ConfigTable group(String name) {
        group = name;
        order = 0;
        return this;
    }

    /** An option; {@link Option#doc} completes it. */
    public Option option(
            String name,
            ConfigDef.Type type,
            @Nullable Object defaultValue,
            @Nullable Validator validator,
            Importance importance) {
        return documentation -> options.define(
                name,
                type,
                defaultValue,
                validator,
                importance,
                documentation,
                group,
                ++order,
                type == ConfigDef.Type.STRING || type == ConfigDef.Type.PASSWORD || type == ConfigDef.Type.LIST
                        ? Width.LONG
                        : Width.SHORT,
                name);
    }

    /** An option that lacks only its documentation. */
    public interface Option {
        /** Adds the option with one or two sentences and a worked number. */
        void doc(String documentation);
    }
}

package dev.andon.connect.probe;

import java.util.Locale;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What to ask, written {@code name} or {@code name/TYPE}. A {@code *} in the name is another word every time, so that no
 * cache can know the answer.
 *
 * @param name with or without a {@code *}
 * @param type of the record
 */
record ProbeQuery(String name, int type) {
    /** @throws IllegalArgumentException saying what is wrong and what it should be */
    static ProbeQuery parse(String text) {
        int slash = text.indexOf('/');
        String name = (slash < 0 ? text : text.substring(0, slash)).trim();
        String typeName = slash < 0 ? "A" : text.substring(slash + 1).trim().toUpperCase(Locale.ROOT);
        int type = Type.value(typeName);
        if (type < 0) {
            throw new IllegalArgumentException("'" + text + "' asks for the type '" + typeName
                    + "'; write name/TYPE, such as" + " kubernetes.default.svc.cluster.local/A");
        }
        var query = new ProbeQuery(name.endsWith(".") ? name : name + ".", type);
        try {
            query.question("x");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no name: " + e.getMessage(), e);
        }
        return query;
    }

    /**
     * A message to send.
     *
     * @param unique word in place of the {@code *}, new every time
     * @param recursive whether the server may ask others
     */
    Message message(String unique, boolean recursive) {
        Message message = Message.newQuery(question(unique));
        if (!recursive) {
            message.getHeader().unsetFlag(Flags.RD);
        }
        return message;
    }

    private Record question(String unique) {
        try {
            return Record.newRecord(Name.fromString(name.replace("*", unique)), type, DClass.IN);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}

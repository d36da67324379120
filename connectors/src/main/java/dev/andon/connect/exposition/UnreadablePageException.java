package dev.andon.connect.exposition;

import java.io.IOException;

/** A page that is refused as a whole. Nothing of it may be used: half a page looks like a counter reset. */
public final class UnreadablePageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Defect defect;

    public UnreadablePageException(Defect defect, String message) {
        super(message);
        this.defect = defect;
    }

    UnreadablePageException(Defect defect, String message, Throwable cause) {
        super(message, cause);
        this.defect = defect;
    }

    /** @return the reason, from a closed set */
    public Defect defect() {
        return defect;
    }
}

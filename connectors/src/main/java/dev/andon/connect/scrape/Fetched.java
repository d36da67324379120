package dev.andon.connect.scrape;

/** What came of one request. */
sealed interface Fetched {
    /**
     * The page as it was received.
     *
     * @param body what came, cut off where it became too large
     * @param tooLarge whether it was cut off
     * @param contentType value of that header, empty when missing
     * @param contentEncoding value of that header, empty when missing
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; copying a page of megabytes would double its cost
    record Body(byte[] body, boolean tooLarge, String contentType, String contentEncoding) implements Fetched {}

    /**
     * No page.
     *
     * @param reason from a closed set
     * @param message what was seen and what to do about it
     */
    record Failed(FetchFailure reason, String message) implements Fetched {}
}

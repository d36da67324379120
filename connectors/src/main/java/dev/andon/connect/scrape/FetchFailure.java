package dev.andon.connect.scrape;

/** Why a page could not be fetched. Closed, because it is also a metric label. */
enum FetchFailure {
    /** No answer, or not all of it, within the timeout. */
    TIMEOUT,
    /** The name does not resolve, or nobody listens. */
    UNREACHABLE,
    /** The connection broke within the answer. */
    CONNECTION_LOST,
    /** No secure connection: a certificate is not trusted, is for another name, or was refused. */
    TLS,
    /** The target refuses our credentials, or we have none that can be read. */
    UNAUTHORIZED,
    /** The target answered with another status than 200. */
    HTTP_STATUS,
    /** A fault of this program; counted like any other, so that one target cannot stop the rest. */
    UNEXPECTED
}

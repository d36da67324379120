package dev.andon.service;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A connector whose configuration was refused; the message lists every problem. */
public final class ConnectorException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ConnectorProblem> problems;

    ConnectorException(String connector, List<ConnectorProblem> problems) {
        super(problems.stream()
                .map(ConnectorProblem::toString)
                .collect(Collectors.joining("\n  ", "connector " + connector + " cannot be created:\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    /** Returns every problem found, in the order of the connector's options. */
    public List<ConnectorProblem> problems() {
        return problems;
    }
}

package dev.andon.service;

/**
 * What is wrong with one option of a connector.
 *
 * @param option name of the option, or empty when it concerns the connector as a whole
 */
public record ConnectorProblem(String option, String message) {
    @Override
    public String toString() {
        return option.isEmpty() ? message : option + ": " + message;
    }
}

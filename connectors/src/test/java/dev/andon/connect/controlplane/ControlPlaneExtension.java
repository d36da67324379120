package dev.andon.connect.controlplane;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one control plane of this run, which is started for the first of them and stopped after the last. */
public final class ControlPlaneExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace OURS = Namespace.create(ControlPlane.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Programs.find().isPresent()
                ? ConditionEvaluationResult.enabled("the programs of Kubernetes are there")
                : ConditionEvaluationResult.disabled(Programs.MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ControlPlane.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return plane(context);
    }

    private static ControlPlane plane(ExtensionContext context) {
        Programs programs = Programs.find().orElseThrow();
        return context.getRoot()
                .getStore(OURS)
                .getOrComputeIfAbsent("plane", key -> start(programs), ControlPlane.class);
    }

    private static ControlPlane start(Programs programs) {
        try {
            return ControlPlane.start(programs);
        } catch (Exception e) {
            throw new IllegalStateException("no control plane could be started", e);
        }
    }
}

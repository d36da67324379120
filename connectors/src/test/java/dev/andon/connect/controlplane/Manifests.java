package dev.andon.connect.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The manifests that are shipped, as a user would apply them. */
public final class Manifests {
    private Manifests() {}

    /** @param file in {@code docs/reference} */
    public static void apply(ControlPlane plane, String file) throws IOException {
        plane.ensureNamespace("andon");
        plane.apply(plane.load(text(file)));
    }

    /** Applies one with another account in it, which has all of its rights but to use this verb on this resource. */
    public static void applyWithout(ControlPlane plane, String file, String account, String verb, String resource)
            throws IOException {
        plane.ensureNamespace("andon");
        List<HasMetadata> objects = plane.load(text(file));
        for (HasMetadata object : objects) {
            object.getMetadata().setName(account);
            if (object instanceof ClusterRole role) {
                role.setRules(without(role.getRules(), verb, resource));
            } else if (object instanceof ClusterRoleBinding binding) {
                binding.getRoleRef().setName(account);
                binding.getSubjects().forEach(subject -> subject.setName(account));
            }
        }
        plane.apply(objects);
    }

    private static List<PolicyRule> without(List<PolicyRule> rules, String verb, String resource) {
        List<PolicyRule> less = new ArrayList<>();
        for (PolicyRule rule : rules) {
            for (String each : rule.getResources()) {
                PolicyRuleBuilder alone = new PolicyRuleBuilder(rule).withResources(each);
                less.add((each.equals(resource) ? alone.removeFromVerbs(verb) : alone).build());
            }
        }
        // A rule must have a verb.
        less.removeIf(rule -> rule.getVerbs().isEmpty());
        return less;
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of("..", "docs", "reference", file));
    }
}

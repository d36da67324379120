package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.junit.jupiter.api.Test;

/** The manifest gives the rights that the watch uses, and no other. That they are enough is shown by RolloutWatchIT. */
class WatchRightsTest {
    private final List<HasMetadata> objects;

    WatchRightsTest() throws IOException {
        String manifest = Files.readString(Path.of("..", "docs", "reference", "kubernetes-watch-rbac.yaml"));
        objects = Arrays.stream(manifest.split("\n---\n", -1))
                .map(object -> Serialization.unmarshal(object, HasMetadata.class))
                .toList();
    }

    @Test
    void letsItLookAtWorkloadsAndOnlyCountNodes() {
        ClusterRole role = only(ClusterRole.class);

        assertThat(role.getRules().stream()
                        .flatMap(rule -> rule.getResources().stream())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "deployments",
                        "statefulsets",
                        "daemonsets",
                        "pods",
                        "configmaps",
                        "nodes",
                        "rollouts",
                        "canaries");
        assertThat(role.getRules()).allSatisfy(rule -> assertThat(rule.getVerbs())
                .isEqualTo(rule.getResources().contains("nodes") ? List.of("list") : List.of("get", "list", "watch")));
    }

    @Test
    void letsItReadTheCorefilesThatItLooksForAndNothingBesideThem() {
        var settings = WatchSettings.of(
                new AbstractConfig(KubernetesWatchSourceConfig.OPTIONS, Map.of("cluster", "prod"), false));
        Role role = only(Role.class);
        List<PolicyRule> rules = role.getRules();

        assertThat(rules).hasSize(1);
        assertThat(rules.get(0).getVerbs()).containsExactly("get");
        assertThat(rules.get(0).getResources()).containsExactly("configmaps");
        assertThat(rules.get(0).getResourceNames().stream()
                        .map(name -> new ConfigMapName(role.getMetadata().getNamespace(), name))
                        .toList())
                .isEqualTo(settings.facts().corefiles());
    }

    private <T> T only(Class<T> type) {
        List<T> found =
                objects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}

/**
 * A real Kubernetes control plane on loopback, for the tests that want to know what Kubernetes really does: etcd,
 * kube-apiserver, kube-controller-manager, kube-scheduler and hollow nodes, which run no containers and in all else behave
 * as kubelets do. {@code .ci/kubernetes/build} makes the programs.
 */
@NullMarked
package dev.andon.connect.controlplane;

import org.jspecify.annotations.NullMarked;

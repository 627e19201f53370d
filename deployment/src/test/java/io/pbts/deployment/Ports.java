package io.pbts.deployment;

import java.util.List;

/** The ports that pods open. */
final class Ports {
    record Port(String name, int number, String protocol) {
        /** Whether it is meant by its name or its number. */
        boolean is(String nameOrNumber, String wanted) {
            return (name.equals(nameOrNumber) || String.valueOf(number).equals(nameOrNumber))
                    && protocol.equals(wanted);
        }
    }

    private Ports() {}

    static List<Port> of(Manifest workload) {
        return workload.containers().stream()
                .flatMap(container -> ofContainer(container).stream())
                .toList();
    }

    static List<Port> ofContainer(Tree container) {
        return container.at("ports").items().stream()
                .map(port -> new Port(
                        port.at("name").text(),
                        port.at("containerPort").number(),
                        port.at("protocol").text()))
                .toList();
    }
}

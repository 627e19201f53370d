package io.pbts.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MonitoringTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:pbts|http|hikaricp|jvm|process|system|disk)_[a-z_]+\\b");
    private static final Set<String> LABELS = Set.of(
            "application", "owner", "outcome", "protocol", "kind", "form", "reason", "area", "instance", "severity");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|=|!=)\"|by \\(([a-z_, ]+)\\)");

    private final Tree rules = Checkout.documents(Checkout.text("k8s/components/monitoring/rules.yaml"))
            .getFirst();
    private final Tree dashboard = Checkout.documents(Checkout.text("k8s/components/monitoring/dashboard.json"))
            .getFirst();

    @Test
    void everyQueryAsksForMetricsThatAServiceExposes() {
        Set<String> exposed = Checkout.text("docs/metrics.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", -1)[1])
                .collect(Collectors.toSet());
        var asked = new TreeSet<String>();
        queries().forEach(query -> {
            List<String> names =
                    NAME.matcher(query).results().map(match -> match.group()).toList();
            assertThat(names).as(query).isNotEmpty();
            asked.addAll(names);
        });
        assertThat(asked).isEqualTo(new TreeSet<>(exposed));
    }

    /** No query, and so no reader of one, goes by a hash, a key or an account. */
    @Test
    void everyQueryGoesByLabelsThatAreNobodys() {
        queries().forEach(query -> LABEL.matcher(query).results().forEach(match -> {
            String found = match.group(1) == null ? match.group(2) : match.group(1);
            assertThat(LABELS).as(query).containsAll(List.of(found.split(", *", -1)));
        }));
    }

    @Test
    void parenthesesAreClosedAndAggregationsNamed() {
        assertThat(queries()).allSatisfy(query -> assertThat(
                        query.chars().filter(c -> c == '(').count())
                .isEqualTo(query.chars().filter(c -> c == ')').count()));
    }

    @Test
    void everyAlertSaysWhatToDo() {
        String operations = Checkout.text("docs/operations.md");
        List<Tree> alerts = alerts();
        assertThat(alerts).hasSizeGreaterThan(10);
        for (Tree alert : alerts) {
            String name = alert.at("alert").text();
            assertThat(alert.at("for").text()).as(name).matches("\\d+[mh]");
            assertThat(alert.at("labels", "severity").text()).as(name).isIn("critical", "warning");
            assertThat(alert.at("annotations", "summary").text()).as(name).endsWith(".");
            assertThat(alert.at("annotations", "runbook").text())
                    .isEqualTo("docs/operations.md#" + name.toLowerCase(java.util.Locale.ROOT));
            assertThat(operations).contains("### " + name + "\n");
        }
        assertThat(operations.lines().filter(line -> line.startsWith("### Pbts")))
                .hasSize(alerts.size());
    }

    @Test
    void panelsOfTheDashboardHaveNumbersOfTheirOwn() {
        List<Tree> panels = dashboard.at("panels").items();
        assertThat(panels.stream().map(panel -> panel.at("id").number()).distinct())
                .hasSameSizeAs(panels);
        assertThat(panels)
                .allSatisfy(panel ->
                        assertThat(panel.at("datasource", "uid").text()).isEqualTo("${datasource}"));
    }

    private List<Tree> alerts() {
        return rules.at("spec", "groups").items().stream()
                .flatMap(group -> group.at("rules").items().stream())
                .toList();
    }

    private List<String> queries() {
        Stream<String> panels = dashboard.at("panels").items().stream()
                .flatMap(panel -> panel.at("targets").items().stream())
                .map(target -> target.at("expr").text());
        return Stream.concat(alerts().stream().map(alert -> alert.at("expr").text()), panels)
                .toList();
    }
}

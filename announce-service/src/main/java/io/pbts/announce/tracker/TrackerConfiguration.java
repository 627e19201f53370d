package io.pbts.announce.tracker;

import io.pbts.announce.accounting.Accounting;
import io.pbts.announce.admission.Admission;
import io.pbts.announce.admission.InstanceId;
import io.pbts.announce.admission.Openness;
import io.pbts.announce.limit.PeerListBudget;
import io.pbts.announce.rejection.Rejections;
import io.pbts.announce.rule.ClientRules;
import io.pbts.announce.suspicion.Suspicions;
import io.pbts.announce.swarm.RehearsalSwarms;
import io.pbts.announce.swarm.SwarmProperties;
import io.pbts.announce.swarm.Swarms;
import io.pbts.announce.torrent.RegisteredTorrents;
import io.pbts.announce.wallet.BoundPeers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the tracker together. */
@Configuration(proxyBeanMethods = false)
class TrackerConfiguration {

    @Bean
    RequestCounts requestCounts() {
        return new RequestCounts();
    }

    @Bean
    Tracker tracker(
            Admission admission,
            Openness openness,
            ClientRules rules,
            RegisteredTorrents registered,
            BoundPeers bound,
            PeerListBudget budget,
            Accounting accounting,
            Suspicions suspicions,
            Rejections rejections,
            RequestCounts counts,
            Swarms swarms,
            InstanceId instance,
            TrackerProperties properties,
            SwarmProperties swarmProperties) {
        int interval = (int) swarmProperties.interval().toSeconds();
        var gate = new Gate(admission, openness, rules, registered, bound);
        return new Tracker(
                gate,
                new Books(budget, accounting, suspicions, rejections, counts),
                swarms,
                instance,
                properties,
                interval);
    }

    @Bean
    Rehearsal rehearsal(Tracker tracker, RehearsalSwarms swarms, TrackerProperties properties) {
        return new Rehearsal(tracker, swarms, properties.rehearsal());
    }
}

package io.pbts.benchmarks.receipts;

import io.pbts.benchmarks.signing.Delivery;
import io.pbts.benchmarks.signing.Torrent;
import io.pbts.benchmarks.suite.Member;
import java.util.ArrayList;
import java.util.List;

/** Which pieces went from whom to whom, report by report: no receiver gets a piece twice. */
final class Plan {
    private final Scenario scenario;
    private final Community community;

    Plan(Scenario scenario, Community community) {
        this.scenario = scenario;
        this.community = community;
    }

    /** How many pieces a receiver gets at most when there are so many reports. */
    static int piecesPerReceiver(Scenario scenario, int reports) {
        return Math.ceilDiv(reports * scenario.receiversPerReport(), scenario.receivers()) * share(scenario);
    }

    /** Receipts of each receiver in a report. */
    private static int share(Scenario scenario) {
        return scenario.receiptsPerReport() / scenario.receiversPerReport();
    }

    Member sender(int report) {
        return community.senders().get(report % community.senders().size());
    }

    /** The deliveries of one report, those of a receiver together. */
    List<Delivery> deliveries(int report) {
        List<Delivery> deliveries = new ArrayList<>();
        var sender = sender(report).key().publicKey().accountKey();
        for (int i = 0; i < scenario.receiversPerReport(); i++) {
            int turn = report * scenario.receiversPerReport() + i;
            Member receiver = community.receivers().get(turn % scenario.receivers());
            int first = turn / scenario.receivers() * share(scenario);
            for (int piece = first; piece < first + share(scenario); piece++) {
                Torrent torrent = community.torrents().get(piece / Community.PIECES);
                deliveries.add(new Delivery(sender, receiver.key(), torrent, piece % Community.PIECES));
            }
        }
        return deliveries;
    }
}

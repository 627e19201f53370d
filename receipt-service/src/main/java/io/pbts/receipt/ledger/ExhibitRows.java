package io.pbts.receipt.ledger;

import static io.pbts.receipt.ledger.ReceiptRows.bytes;
import static io.pbts.receipt.ledger.ReceiptRows.numbers;

import io.pbts.protocol.account.AccountKey;
import io.pbts.protocol.evidence.SignatureForm;
import io.pbts.protocol.hash.Sha256;
import io.pbts.receipt.ledger.Exhibits.Aggregated;
import io.pbts.receipt.ledger.Exhibits.Certified;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.tuweni.bytes.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what rows of receipts rest on; always in the transaction that wrote them. */
@Component
class ExhibitRows {
    private static final String CERTIFICATES = """
            insert into session_certificate (fingerprint, certificate, signature)
            select n.fingerprint, n.certificate, n.signature
              from unnest(:fingerprints, :certificates, :signatures) as n (fingerprint, certificate, signature)
             order by n.fingerprint
            on conflict (fingerprint) do nothing""";
    private static final String MEMBERS = """
            insert into aggregate_member (aggregate_hash, place, receiver_key, signed_bytes)
            select :aggregate, n.place, n.receiver_key, n.signed_bytes
              from unnest(:places, :receivers, :messages) as n (place, receiver_key, signed_bytes)
             order by n.place
            on conflict (aggregate_hash, place) do nothing""";

    /** Originals' receipts name no receiver in their bytes. */
    private record Member(AccountKey receiver, Bytes signedBytes) {
        static Member of(Aggregated member) {
            return new Member(member.receiver(), member.signedBytes());
        }
    }

    private final JdbcClient jdbc;

    ExhibitRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps what these new rows need; nothing when there is no new row. */
    void keep(Exhibits exhibits, List<LedgerEntry> fresh) {
        keepCertificates(exhibits.certified(), fresh);
        keepMembers(exhibits.aggregated(), fresh);
    }

    private void keepCertificates(List<Certified> certified, List<LedgerEntry> fresh) {
        boolean needed = fresh.stream().anyMatch(entry -> entry.evidence().form() == SignatureForm.SESSION);
        if (!needed || certified.isEmpty()) {
            return;
        }
        jdbc.sql(CERTIFICATES)
                .param("fingerprints", bytes(certified, one -> one.certificate().fingerprint(one.signature())))
                .param("certificates", bytes(certified, one -> one.certificate().signedBytes()))
                .param("signatures", bytes(certified, Certified::signature))
                .update();
    }

    /** The members that became rows can be rebuilt from these; the others cannot. */
    private void keepMembers(List<Aggregated> members, List<LedgerEntry> fresh) {
        Set<Member> rows = new HashSet<>();
        fresh.stream()
                .filter(entry -> entry.evidence().form() == SignatureForm.AGGREGATE)
                .map(LedgerEntry::receipt)
                .forEach(receipt -> rows.add(new Member(receipt.receiver(), receipt.signedBytes())));
        if (rows.isEmpty()) {
            return;
        }
        List<Integer> places = IntStream.range(0, members.size())
                .filter(place -> !rows.contains(Member.of(members.get(place))))
                .boxed()
                .toList();
        if (places.isEmpty()) {
            return;
        }
        List<Aggregated> others = places.stream().map(members::get).toList();
        jdbc.sql(MEMBERS)
                .param("aggregate", Sha256.hash(members.getFirst().aggregate()).toArray())
                .param("places", numbers(places, Integer::longValue))
                .param("receivers", bytes(others, member -> member.receiver().bytes()))
                .param("messages", bytes(others, Aggregated::signedBytes))
                .update();
    }
}

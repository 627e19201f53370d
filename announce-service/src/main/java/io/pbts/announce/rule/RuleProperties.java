package io.pbts.announce.rule;

import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is welcome.
 *
 * @param clientsAllowed beginnings of the peer ids of the clients that are welcome; none means all
 * @param clientsDenied beginnings of the peer ids of clients that are not, though they may be allowed
 * @param portsDenied ports that no peer may have. {@code application.yml} has those of services that a peer must not be mistaken
 *     for (SSH, mail, DNS, web, NetBIOS, databases, remote desktops, telephony), and those of older networks (Kazaa, eDonkey,
 *     Gnutella, WinMX), which providers slow down. The range 6881 to 6889, which many trackers deny too, is what several
 *     clients come with
 */
@Validated
@ConfigurationProperties("pbts.rules")
record RuleProperties(
        @DefaultValue @Size(max = 500) List<PeerIdPrefix> clientsAllowed,
        @DefaultValue @Size(max = 500) List<PeerIdPrefix> clientsDenied,
        @DefaultValue @Size(max = 500) List<PortRange> portsDenied) {

    RuleProperties {
        clientsAllowed = List.copyOf(clientsAllowed);
        clientsDenied = List.copyOf(clientsDenied);
        portsDenied = List.copyOf(portsDenied);
    }
}

"""One torrent in libtorrent, on one address: libtorrent_client.py TORRENT FOLDER ADDRESS PORT BYTES_PER_SECOND

Prints what its trackers say, one line each, and runs until SIGTERM or SIGINT, then leaves the swarm.
"""

import signal
import sys
import time

import libtorrent as lt

torrent, folder, address, port, rate = sys.argv[1:]
listen = "[%s]:%s" % (address, port) if ":" in address else "%s:%s" % (address, port)
session = lt.session({
    "listen_interfaces": listen,
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_outgoing_utp": False,
    "enable_incoming_utp": False,
    "upload_rate_limit": int(rate),
    "ssrf_mitigation": False,
    "alert_mask": lt.alert.category_t.tracker_notification
    | lt.alert.category_t.error_notification
    | lt.alert.category_t.status_notification,
})
parameters = lt.add_torrent_params()
parameters.ti = lt.torrent_info(torrent)
parameters.save_path = folder
parameters.flags |= lt.torrent_flags.disable_pex | lt.torrent_flags.disable_dht | lt.torrent_flags.disable_lsd
parameters.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
handle = session.add_torrent(parameters)

stopping = []
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda *_: stopping.append(True))

while not stopping:
    session.wait_for_alert(200)
    for alert in session.pop_alerts():
        print(type(alert).__name__, alert.message(), flush=True)
session.pause()
time.sleep(1)

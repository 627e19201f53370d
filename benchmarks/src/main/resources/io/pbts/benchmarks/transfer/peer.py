"""One libtorrent client: peer.py FOLDER TORRENT. Says its port when it has looked through its files; then, for each port
that it reads, calls the client there and says how many seconds of time and of processor it took until it had everything."""
import resource
import sys
import time

import libtorrent as lt


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


folder, torrent = sys.argv[1:]
session = lt.session({
    'listen_interfaces': '127.0.0.1:0', 'enable_dht': False, 'enable_lsd': False, 'enable_upnp': False,
    'enable_natpmp': False, 'enable_outgoing_utp': False, 'enable_incoming_utp': False,
    'allow_multiple_connections_per_ip': True,
})
parameters = lt.add_torrent_params()
parameters.ti = lt.torrent_info(torrent)
parameters.save_path = folder
handle = session.add_torrent(parameters)
while session.listen_port() == 0 or handle.status().state not in (lt.torrent_status.downloading, lt.torrent_status.seeding):
    time.sleep(0.01)
print(session.listen_port(), flush=True)
for line in sys.stdin:
    if line.strip() == 'processor':
        print(processor(), flush=True)
        continue
    begin, before = time.monotonic(), processor()
    handle.connect_peer(('127.0.0.1', int(line)))
    while not handle.status().is_seeding:
        time.sleep(0.001)
    print(time.monotonic() - begin, processor() - before, flush=True)

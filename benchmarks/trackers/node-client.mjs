// One client of bittorrent-tracker, as the acceptance tests start it: node node-client.mjs URL INFO_HASH PEER_ID PORT LEFT
// It prints a line of JSON for what the tracker says, and follows the commands start, stop and quit on standard input, one a line.
import readline from 'node:readline'
import Client from 'bittorrent-tracker/client'

const [announce, infoHash, peerId, port, left] = process.argv.slice(2)
const say = (what) => console.log(JSON.stringify(what))
const client = new Client({
  infoHash,
  peerId: Buffer.from(peerId, 'latin1'),
  announce: [announce],
  port: Number(port),
  getAnnounceOpts: () => ({ uploaded: 0, downloaded: 0, left: Number(left), numwant: 5 })
})
client.on('error', (error) => say({ error: error.message }))
client.on('warning', (warning) => say({ warning: warning.message }))
client.on('update', ({ complete, incomplete }) => say({ complete, incomplete }))
client.on('peer', (peer) => say({ peer: typeof peer === 'string' ? peer : peer.id }))

readline.createInterface({ input: process.stdin }).on('line', (command) => {
  if (command === 'start') {
    client.start()
  } else if (command === 'stop') {
    client.stop()
  } else if (command === 'quit') {
    client.destroy()
    process.exit(0)
  }
})

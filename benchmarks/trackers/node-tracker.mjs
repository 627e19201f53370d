// bittorrent-tracker over HTTP and UDP on one loopback port, as the announce bench starts it: node node-tracker.mjs PORT
import Server from 'bittorrent-tracker/server'

const port = Number(process.argv[2])
const server = new Server({ http: true, udp: true, ws: false, stats: false })
server.on('error', (error) => {
  // Its second UDP socket wants IPv6 and cannot have an IPv4 address, which harms nobody.
  if (error.code !== 'EINVAL') {
    console.error(error)
    process.exit(1)
  }
})
server.listen({ http: port, udp: port }, '127.0.0.1')

#!/usr/bin/env python3
"""wanlink.py CONTROL_SOCKET NS_A IP_A NS_B IP_B DELAY_MS DEVICE

A wide-area link between two network namespaces, for kernels without sch_netem: one TUN device in each namespace,
packets relayed by this process after a fixed one-way delay. One command per connection to the unix stream socket:
'delay MS', 'jitter MS', 'loss SHARE', 'rate KBIT', 'down' (silent cut), 'up', 'stat'."""
import collections, ctypes, fcntl, os, random, select, socket, struct, subprocess, sys, time

control_path, ns_a, ip_a, ns_b, ip_b = sys.argv[1:6]
delay = float(sys.argv[6])
device = sys.argv[7]
libc = ctypes.CDLL(None, use_errno=True)


def enter(namespace):
    fd = os.open('/run/netns/' + namespace, os.O_RDONLY)
    if libc.setns(fd, 0x40000000) != 0:  # CLONE_NEWNET
        raise OSError(ctypes.get_errno(), 'setns ' + namespace)
    os.close(fd)


def make_device(namespace, own, peer):
    enter(namespace)
    fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, 0x400454CA, struct.pack('16sH22x', device.encode(), 0x0001 | 0x1000))  # TUNSETIFF, IFF_TUN | IFF_NO_PI
    subprocess.check_call(['ip', 'addr', 'add', own, 'peer', peer, 'dev', device])
    subprocess.check_call(['ip', 'link', 'set', device, 'up', 'txqueuelen', '5000'])
    return fd


end_a = make_device(ns_a, ip_a, ip_b)
end_b = make_device(ns_b, ip_b, ip_a)
if os.path.exists(control_path):
    os.unlink(control_path)
control = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
control.bind(control_path)
control.listen(8)
other = {end_a: end_b, end_b: end_a}
queues = {end_a: collections.deque(), end_b: collections.deque()}  # keyed by the device a packet will be written to
free_at = {end_a: 0.0, end_b: 0.0}
loss = jitter = rate = 0.0
up = True
packets = dropped = 0


def obey(words):
    global delay, loss, jitter, rate, up
    if words[:1] == ['delay']: delay = float(words[1])
    elif words[:1] == ['jitter']: jitter = float(words[1])
    elif words[:1] == ['loss']: loss = float(words[1])
    elif words[:1] == ['rate']: rate = float(words[1])
    elif words[:1] == ['up']: up = True
    elif words[:1] == ['down']:
        up = False
        for queue in queues.values(): queue.clear()
    return f'delay={delay} jitter={jitter} loss={loss} rate={rate} up={up} packets={packets} dropped={dropped}'


print('ready', flush=True)
while True:
    now = time.monotonic()
    for device_fd, queue in queues.items():
        while queue and queue[0][0] <= now:
            try: os.write(device_fd, queue.popleft()[1])
            except OSError: dropped += 1
    due = min((queue[0][0] for queue in queues.values() if queue), default=None)
    wait = None if due is None else max(0.0, due - time.monotonic())
    readable, _, _ = select.select([end_a, end_b, control], [], [], wait)
    for source in readable:
        if source is control:
            client, _ = control.accept()
            client.settimeout(1)
            try: client.sendall(obey(client.recv(200).decode().split()).encode())
            except (OSError, ValueError, IndexError): pass
            client.close()
            continue
        for _ in range(64):
            try: packet = os.read(source, 65536)
            except BlockingIOError: break
            packets += 1
            if not up or (loss and random.random() < loss):
                dropped += 1
                continue
            at = time.monotonic()
            if rate:
                free_at[source] = max(free_at[source], at) + len(packet) * 8 / (rate * 1000)
                at = free_at[source]
            at += delay / 1000 + (random.random() * jitter / 1000 if jitter else 0)
            queue = queues[other[source]]
            if queue and queue[-1][0] > at: at = queue[-1][0]  # keep the order
            queue.append((at, packet))

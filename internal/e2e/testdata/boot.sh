#!/bin/sh
# boot.sh TREE DIR: process 1 of a box (private pid, mount, ipc and uts
# namespaces). Lays a throw-away layer in memory over the package tree, adds
# DIR/conf, and starts the servers in it. The kernel takes all of it away with
# this process.
set -eu
tree=$1 dir=$2
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$dir/box"
cd "$dir/box"
mkdir upper work root
mount -t overlay overlay -o "lowerdir=$tree,upperdir=$dir/box/upper,workdir=$dir/box/work" root
cd root
cp -R "$dir/conf/." .
mkdir -p logs mail tmp proc dev
mount --bind "$dir/logs" logs
mount --bind "$dir/mail" mail
chmod 1777 tmp logs mail
mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs dev
mknod -m 666 dev/null c 1 3
mknod -m 666 dev/zero c 1 5
mknod -m 666 dev/random c 1 8
mknod -m 666 dev/urandom c 1 9
ln -s /proc/self/fd dev/fd
hostname box.e2e.test
exec chroot . /bin/sh -eu /start.sh

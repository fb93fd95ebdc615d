# start.sh: inside the box, starts every server and then only keeps process 1
# alive. Whether a server answers is for the harness to find out.
export PATH=/usr/sbin:/usr/bin LC_ALL=C TZ=UTC HOME=/root
cd /
chmod 600 /pki/*/key.pem /pki/*/all.pem

# The directories and owners that the packages' install scripts would make.
install -d -m 755 /run/dovecot
install -d -o postfix -g postfix /var/lib/postfix
install -d /var/spool/postfix /var/spool/postfix/pid
install -d -o postfix -m 700 /var/spool/postfix/private
install -d -o Debian-exim -g Debian-exim /var/spool/exim4
chown root:Debian-exim /pki/*/key.pem
chmod 640 /pki/*/key.pem
install -d -m 711 /var/spool/smtpd /run/opensmtpd /run/opensmtpd/empty

# Cyrus SASL's passwords, for Exim. There, user names have the domain apart.
while IFS='	' read -r user password; do
	echo "$password" | base64 -d | saslpasswd2 -p -c -f /etc/sasldb2 -u "${user#*@}" "${user%@*}"
done </etc/cyrus-users
chown Debian-exim /etc/sasldb2

dovecot -c /etc/dovecot/dovecot.conf
postfix start >/logs/postfix.start 2>&1
exim4 -bdf >/logs/exim.start 2>&1 &
install -d -m 700 /etc/smtpd
cp -R /pki /etc/smtpd/pki
chown -R root:root /etc/smtpd
chmod 600 /etc/smtpd/pki/*/*
smtpd -F -f /etc/smtpd.conf >/logs/opensmtpd.log 2>&1 &

# A cluster as the image of Coolify's database makes it: the local socket is trusted.
install -d -m 1777 /dev/shm
install -d -o postgres -g postgres /var/lib/postgresql /run/postgresql
chroot --userspec=postgres:postgres / sh -euc '
	PATH=/usr/lib/postgresql/15/bin:$PATH
	initdb -D /var/lib/postgresql/data -U coolify -A trust -E UTF8 --locale=C --no-sync
	exec postgres -D /var/lib/postgresql/data -c listen_addresses= -c unix_socket_directories=/run/postgresql -c fsync=off
' >/logs/postgresql.log 2>&1 &

while :; do sleep 3600 & wait $!; done

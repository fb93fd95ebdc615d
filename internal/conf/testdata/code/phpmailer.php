<?php
$mail = new PHPMailer(true);
$mail->isSMTP();
$mail->Host = 'smtp-relay.brevo.com'; // it's here
$mail->Port = 587;
$mail->SMTPSecure = PHPMailer::ENCRYPTION_STARTTLS;
//$mail->SMTPSecure = 'ssl';
$mail->Password = getenv('SMTP_PASSWORD');
$mail->setFrom('a@b');
$mail->SMTPOptions = array('ssl' => array('verify_peer' => false, 'x' => true));
$config['system.mail']['mailer_dsn'] = ['scheme' => 'smtp', 'port' => 587];
define( 'WPMS_SSL', 'ssl' );
$CFG->smtphosts = 'x';
class JConfig { public $smtpsecure = 'tls'; public string $a = "q"; }
return [
    'default' => env('MAIL_MAILER', 'smtp'),
    'mailers' => [
        'smtp' => [
            'transport' => 'smtp',
            'port' => (int) env('MAIL_PORT', 587),
            // 'scheme' => 'smtps',
            'verify' => (bool) env('V', true)
        ],
        'failover' => ['transport' => 'failover', 'mailers' => ['log','smtp']],
    ],
];

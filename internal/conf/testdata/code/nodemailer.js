import nodemailer from 'nodemailer';
const re = /don't/.test("x");
export const transporter = await nodemailer.createTransport({
  host: process.env.HOST || 'localhost',
  port: Number(process.env.SMTP_PORT ?? 587), // hi
  secure: process.env.SECURE === 'true',
  // requireTLS: true,
  auth: {
    user: process.env["USER"],
    pass: `a${1}`
  },
  tls: { rejectUnauthorized: false, ciphers: 'SSLv3' }
})
const t2 = nodemailer.createTransport("smtps://u:p@h:465");
const t3 = nodemailer.createTransport(process.env.SMTP_URL);
module.exports = ({ env }) => ({
  email: { config: { provider: 'nodemailer', providerOptions: { host: env('H', 'd'), port: env.int('P', 587), secure: env.bool('S', false) } } },
});
export default buildConfig({
    email: nodemailerAdapter({
      transportOptions: { host: 'x', port: 587, auth: { user: 'Y', pass: process.env.SMTP_PASS } },
    }),
})
props.put("mail.smtp.host", "x");
const resend = new Resend(process.env.RESEND_API_KEY);

package symptom

// Windows, .NET, glibc and PHPMailer speak the language of their user. These are
// their words for the commonest failures; the rows that hold the English ones
// take them in.

var (
	refusedTranslated = []string{
		"Zielcomputer die Verbindung verweigerte", "Verbindungsaufbau abgelehnt", "Verbindung verweigert",
		"l'ordinateur cible l'a expressément refusée", "l’ordinateur cible l’a expressément refusée",
		"Connexion refusée", "connexion refusée",
		"equipo de destino denegó expresamente", "Conexión rehusada", "Conexión rechazada",
		"computador de destino as recusou ativamente", "máquina de destino as recusou ativamente", "Conexão recusada",
		"Rifiuto persistente del computer di destinazione", "Connessione rifiutata",
		"doelcomputer de verbinding actief heeft geweigerd", "Verbinding is geweigerd",
		"komputer docelowy aktywnie go odmawia", "Połączenie odrzucone",
		"конечный компьютер отверг запрос на подключение", "В соединении отказано", "由于目标计算机积极拒绝", "拒绝连接", "連線遭拒",
		"対象のコンピューターによって拒否された", "接続を拒否されました", "대상 컴퓨터에서 연결을 거부",
		"hedef makine etkin olarak reddettiğinden", "Bağlantı reddedildi",
	}

	timedOutTranslated = []string{
		"Gegenstelle nach einer bestimmten Zeit", "Zeitüberschreitung der Verbindung", "Verbindungsaufbau abgelaufen",
		"parti connecté n'a pas répondu convenablement", "parti connecté n’a pas répondu convenablement",
		"Connexion terminée par expiration du délai",
		"parte conectada no respondió adecuadamente", "Expiró el tiempo de conexión",
		"componente conectado não respondeu", "Tempo esgotado para conexão",
		"parte connessa non ha risposto correttamente", "Connessione scaduta",
		"verbonden partij niet correct heeft geantwoord", "połączona strona nie odpowiedziała",
		"от другого компьютера за требуемое время не получен нужный отклик", "Время ожидания соединения истекло",
		"连接方在一段时间后没有正确答复", "连接超时", "連線對象有一段時間並未正確回應", "接続済みの呼び出し先が一定の時間を過ぎても正しく応答しなかった", "接続がタイムアウトしました",
		"Bağlantı zaman aşımına uğradı",
	}

	closedTranslated = []string{
		"Verbindung wurde vom Remotehost geschlossen", "Verbindung wurde von der Gegenstelle zurückgesetzt",
		"Verbindung wurde vom Kommunikationspartner zurückgesetzt",
		"connexion existante a dû être fermée par l'hôte distant",
		"connexion existante a dû être fermée par l’hôte distant", "Connexion ré-initialisée par le correspondant",
		"interrupción de una conexión existente por el host remoto", "Conexión reinicializada por la máquina remota",
		"cancelamento de uma conexão existente pelo host remoto", "Conexão fechada pela outra ponta",
		"interrotta forzatamente una connessione in corso dall'host remoto",
		"Connessione interrotta dal corrispondente", "verbinding is geforceerd gesloten door de externe host",
		"istniejące połączenie zostało gwałtownie zamknięte",
		"принудительно разорвал существующее подключение", "Соединение разорвано другой стороной", "远程主机强迫关闭了一个现有的连接",
		"连接被对方重设", "遠端主機已強制關閉一個現存的連線", "既存の接続はリモート ホストに強制的に切断されました", "현재 연결은 원격 호스트에 의해 강제로 끊겼습니다",
	}

	unknownHostTranslated = []string{
		"Remotename konnte nicht aufgelöst werden", "Der angegebene Host ist unbekannt",
		"Name oder Dienst nicht bekannt", "Hôte inconnu", "nom distant n'a pas pu être résolu",
		"Nom ou service inconnu",
		"Host desconocido", "No se puede resolver el nombre remoto", "Nombre o servicio desconocido",
		"Este host não é conhecido", "nome remoto não pôde ser resolvido", "Nome ou serviço desconhecido",
		"Host sconosciuto", "Impossibile risolvere il nome remoto", "Nome o servizio sconosciuto",
		"Этот хост неизвестен", "Невозможно разрешить удаленное имя", "Имя или служба не известны", "不知道这样的主机",
		"未能解析此远程名称", "未知的名称或服务", "そのようなホストは不明です", "リモート名を解決できませんでした", "名前またはサービスが不明です",
	}

	untrustedTranslated = []string{
		"Remotezertifikat ist laut Validierungsverfahren ungültig", "certificat distant n'est pas valide",
		"certificat distant n’est pas valide", "certificado remoto no es válido", "certificado remoto é inválido",
		"certificato remoto non è stato ritenuto valido", "certificato remoto non è valido",
		"externe certificaat is ongeldig", "Удаленный сертификат недействителен", "根据验证过程，远程证书无效", "リモート証明書は無効",
		"Zdalny certyfikat jest nieprawidłowy",
	}

	loginTranslated = []string{
		"SMTP-Fehler: Authentifizierung fehlgeschlagen", "Erreur SMTP : Échec de l", "Erreur SMTP : échec de l",
		"Error SMTP: Imposible autentificar", "Erro de SMTP: Não foi possível autenticar",
		"Erro do SMTP: Não foi possível realizar a autenticação", "Impossibile autenticarsi",
		"SMTP-fout: authenticatie mislukt", "Błąd SMTP: Nie można przeprowadzić", "Ошибка SMTP: ошибка авторизации",
		"SMTP 错误：登录失败", "SMTP 錯誤：登入失敗", "SMTP Hatası: Oturum açılamadı", "SMTPエラー: 認証できませんでした",
		"SMTP-fel: Kunde inte autentisera", "Chyba SMTP: Autentizace selhala", "SMTP hiba: Sikertelen autentikáció",
	}

	unreachedTranslated = []string{
		"Es konnte keine Verbindung zum SMTP-", "Échec de la connexion SMTP", "Echec de la connexion SMTP",
		"échec de la connexion SMTP", "Impossible de se connecter au serveur SMTP",
		"Imposible conectar al servidor SMTP", "Não foi possível conectar ao servidor SMTP",
		"Não foi possível realizar ligação com o servidor SMTP", "Impossibile connettersi all'host SMTP",
		"Impossibile connettersi all'account SMTP", "Connessione SMTP fallita",
		"kon niet verbinden met SMTP-host", "Nie można połączyć się z wybranym hostem",
		"не удается подключиться к SMTP", "无法连接到 SMTP 主机", "無法連線到 SMTP 主機", "SMTP sunucusuna bağlanılamadı",
		"SMTPホストに接続できませんでした",
		"Der Transport konnte keine Verbindung mit dem Server herstellen",
		"Le transport n'a pu se connecter au serveur", "transporte no pudo conectarse al servidor",
		"Транспорту не удалось подключиться к серверу", "传输未能连接到服务器",
		"Fehler beim Senden von Mail", "Échec d'envoi de courrier", "Error al enviar correo", "Falha ao enviar email",
		"Errore durante l'invio della posta", "Сбой при отправке сообщения электронной почты", "发送邮件失败",
	}

	mailFunctionTranslated = []string{
		"Mail-Funktion konnte nicht initialisiert werden", "Impossible d'instancier la fonction mail",
		"Impossible d’instancier la fonction mail", "Imposible crear una instancia de la función Mail",
		"Não foi possível instanciar a função mail", "Impossibile istanziare la funzione mail",
		"Kon mailfunctie niet initialiseren", "Невозможно запустить функцию",
	}
)

//! Time zones: their rules, the first year from which on these hold, and their names.
//!
//! Written by `zones.py` from pytz 2022.1, which the host pins, beside the newest; do not edit.

/// One line per rule: the rule, the first year, `S` for a zone that never changed its clock, the names.
#[rustfmt::skip]
pub static ZONES: &str = "\
+00 0 +02 120 3.5.0 60 10.5.0 180|2006||Antarctica/Troll\n\
+01 60|1970|S|Etc/GMT-1\n\
+02 120|1970|S|Etc/GMT-2\n\
+03 180|1970||Antarctica/Syowa Asia/Aden Asia/Kuwait Asia/Riyadh\n\
+03 180|1970|S|Etc/GMT-3\n\
+03 180|1973||Asia/Bahrain Asia/Qatar\n\
+03 180|2008||Asia/Baghdad\n\
+03 180|2012||Europe/Minsk\n\
+03 180|2017||Asia/Istanbul Europe/Istanbul Turkey\n\
+04 240|1970||Asia/Dubai Asia/Muscat Indian/Mahe Indian/Reunion\n\
+04 240|1970|S|Etc/GMT-4\n\
+04 240|2006||Asia/Tbilisi\n\
+04 240|2010||Indian/Mauritius\n\
+04 240|2012||Asia/Yerevan Europe/Samara\n\
+04 240|2016||Asia/Baku\n\
+04 240|2017||Europe/Astrakhan Europe/Saratov Europe/Ulyanovsk\n\
+0430 270|1970||Asia/Kabul\n\
+05 300|1970||Indian/Kerguelen Indian/Maldives\n\
+05 300|1970|S|Etc/GMT-5\n\
+05 300|1992||Asia/Dushanbe Asia/Samarkand Asia/Tashkent\n\
+05 300|1993||Asia/Ashgabat Asia/Ashkhabad\n\
+05 300|2005||Asia/Aqtau Asia/Aqtobe Asia/Atyrau Asia/Oral\n\
+05 300|2010||Antarctica/Mawson\n\
+05 300|2015||Asia/Yekaterinburg\n\
+05 300|2019||Asia/Qyzylorda\n\
+0530 330|2007||Asia/Colombo\n\
+0545 345|1986||Asia/Kathmandu Asia/Katmandu\n\
+06 360|1970||Asia/Kashgar Asia/Urumqi\n\
+06 360|1970|S|Etc/GMT-6\n\
+06 360|1988||Asia/Thimbu Asia/Thimphu\n\
+06 360|1996||Indian/Chagos\n\
+06 360|2006||Asia/Bishkek\n\
+06 360|2010||Asia/Dacca Asia/Dhaka\n\
+06 360|2015||Asia/Omsk\n\
+0630 390|1970||Asia/Rangoon Asia/Yangon Indian/Cocos\n\
+07 420|1970||Asia/Bangkok Asia/Phnom_Penh Asia/Vientiane Indian/Christmas\n\
+07 420|1970|S|Etc/GMT-7\n\
+07 420|1976||Asia/Ho_Chi_Minh Asia/Saigon\n\
+07 420|2012||Asia/Novokuznetsk\n\
+07 420|2013||Antarctica/Davis\n\
+07 420|2015||Asia/Krasnoyarsk\n\
+07 420|2017||Asia/Barnaul Asia/Hovd Asia/Novosibirsk Asia/Tomsk\n\
+08 480|1970||Asia/Brunei Asia/Kuching\n\
+08 480|1970|S|Etc/GMT-8\n\
+08 480|1982||Asia/Kuala_Lumpur Asia/Singapore Singapore\n\
+08 480|2015||Asia/Irkutsk\n\
+08 480|2017||Asia/Choibalsan Asia/Ulaanbaatar Asia/Ulan_Bator\n\
+0845 525|2010||Australia/Eucla\n\
+09 540|1970||Pacific/Palau\n\
+09 540|1970|S|Etc/GMT-9\n\
+09 540|2001||Asia/Dili\n\
+09 540|2015||Asia/Khandyga Asia/Yakutsk\n\
+09 540|2017||Asia/Chita\n\
+10 600|1970||Antarctica/DumontDUrville Pacific/Chuuk Pacific/Port_Moresby Pacific/Truk Pacific/Yap\n\
+10 600|1970|S|Etc/GMT-10\n\
+10 600|2015||Asia/Ust-Nera Asia/Vladivostok\n\
+1030 630 +11 660 10.1.0 120 4.1.0 120|2008||Australia/LHI Australia/Lord_Howe\n\
+11 660|1970||Pacific/Guadalcanal Pacific/Pohnpei Pacific/Ponape\n\
+11 660|1970|S|Etc/GMT-11\n\
+11 660|1994||Pacific/Efate\n\
+11 660|1998||Pacific/Noumea\n\
+11 660|1999||Pacific/Kosrae\n\
+11 660|2015||Asia/Srednekolymsk Pacific/Bougainville\n\
+11 660|2017||Asia/Magadan Asia/Sakhalin\n\
+11 660 +12 720 10.1.0 120 4.1.0 180|2020||Pacific/Norfolk\n\
+12 720|1970||Pacific/Funafuti Pacific/Majuro Pacific/Tarawa Pacific/Wake Pacific/Wallis\n\
+12 720|1970|S|Etc/GMT-12\n\
+12 720|1980||Pacific/Nauru\n\
+12 720|1994||Kwajalein Pacific/Kwajalein\n\
+12 720|2012||Asia/Anadyr Asia/Kamchatka\n\
+1245 765 +1345 825 9.5.0 165 4.1.0 225|2008||NZ-CHAT Pacific/Chatham\n\
+13 780|1970|S|Etc/GMT-13\n\
+13 780|1995||Pacific/Enderbury Pacific/Kanton\n\
+13 780|2012||Pacific/Fakaofo\n\
+13 780|2018||Pacific/Tongatapu\n\
+13 780|2022||Pacific/Apia\n\
+14 840|1970|S|Etc/GMT-14\n\
+14 840|1995||Pacific/Kiritimati\n\
-01 -60|1970|S|Etc/GMT+1\n\
-01 -60|1976||Atlantic/Cape_Verde\n\
-01 -60 +00 0 3.5.0 0 10.5.0 60|1996||Atlantic/Azores\n\
-02 -120|1970||Atlantic/South_Georgia\n\
-02 -120|1970|S|Etc/GMT+2\n\
-02 -120|2003||America/Noronha Brazil/DeNoronha\n\
-03 -180|1970||America/Cayenne\n\
-03 -180|1970|S|Etc/GMT+3\n\
-03 -180|1977||Antarctica/Rothera\n\
-03 -180|1985||America/Paramaribo\n\
-03 -180|1989||America/Belem\n\
-03 -180|2003||America/Fortaleza America/Maceio America/Recife\n\
-03 -180|2009||America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan America/Argentina/Ushuaia America/Catamarca America/Jujuy America/Mendoza America/Santarem\n\
-03 -180|2010||America/Argentina/Buenos_Aires America/Argentina/Cordoba America/Argentina/San_Luis America/Argentina/Tucuman America/Buenos_Aires America/Cordoba America/Rosario\n\
-03 -180|2011||Atlantic/Stanley\n\
-03 -180|2013||America/Bahia\n\
-03 -180|2014||America/Araguaina\n\
-03 -180|2016||America/Montevideo\n\
-03 -180|2017||America/Punta_Arenas Antarctica/Palmer\n\
-03 -180|2020||America/Sao_Paulo Brazil/East\n\
-03 -180 -02 -120 3.2.0 120 11.1.0 120|2007||America/Miquelon\n\
-04 -240|1970||America/La_Paz\n\
-04 -240|1970|S|Etc/GMT+4\n\
-04 -240|1989||America/Porto_Velho\n\
-04 -240|1993||America/Guyana\n\
-04 -240|1995||America/Manaus Brazil/West\n\
-04 -240|2001||America/Boa_Vista\n\
-04 -240|2017||America/Caracas\n\
-04 -240|2020||America/Campo_Grande America/Cuiaba\n\
-04 -240 -03 -180 9.1.6 1440 4.1.6 1440|2023||America/Santiago Chile/Continental\n\
-05 -300|1970|S|Etc/GMT+5\n\
-05 -300|1994||America/Bogota America/Guayaquil\n\
-05 -300|1995||America/Lima\n\
-05 -300|2014||America/Eirunepe America/Porto_Acre America/Rio_Branco Brazil/Acre\n\
-06 -360|1970|S|Etc/GMT+6\n\
-06 -360|1994||Pacific/Galapagos\n\
-06 -360 -05 -300 9.1.6 1320 4.1.6 1320|2023||Chile/EasterIsland Pacific/Easter\n\
-07 -420|1970|S|Etc/GMT+7\n\
-08 -480|1970|S|Etc/GMT+8\n\
-08 -480|1999||Pacific/Pitcairn\n\
-09 -540|1970||Pacific/Gambier\n\
-09 -540|1970|S|Etc/GMT+9\n\
-0930 -570|1970||Pacific/Marquesas\n\
-10 -600|1970||Pacific/Tahiti\n\
-10 -600|1970|S|Etc/GMT+10\n\
-10 -600|1992||Pacific/Rarotonga\n\
-11 -660|1970||Pacific/Niue\n\
-11 -660|1970|S|Etc/GMT+11\n\
-12 -720|1970|S|Etc/GMT+12\n\
ACST 570|1970||Australia/Darwin Australia/North\n\
ACST 570 ACDT 630 10.1.0 120 4.1.0 180|2008||Australia/Adelaide Australia/Broken_Hill Australia/South Australia/Yancowinna\n\
AEST 600|1993||Australia/Brisbane Australia/Queensland\n\
AEST 600|1995||Australia/Lindeman\n\
AEST 600 AEDT 660 10.1.0 120 4.1.0 180|2008||Australia/ACT Australia/Canberra Australia/Currie Australia/Hobart Australia/Melbourne Australia/NSW Australia/Sydney Australia/Tasmania Australia/Victoria\n\
AEST 600 AEDT 660 10.1.0 120 4.1.0 180|2011||Antarctica/Macquarie\n\
AKST -540 AKDT -480 3.2.0 120 11.1.0 120|2007||America/Anchorage America/Juneau America/Nome America/Sitka America/Yakutat US/Alaska\n\
AKST -540 AKDT -480 3.2.0 120 11.1.0 120|2020||America/Metlakatla\n\
AST -240|1970||America/Anguilla America/Antigua America/Aruba America/Blanc-Sablon America/Curacao America/Dominica America/Grenada America/Guadeloupe America/Kralendijk America/Lower_Princes America/Marigot America/Montserrat America/Port_of_Spain America/Puerto_Rico America/St_Barthelemy America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola America/Virgin\n\
AST -240|1981||America/Barbados America/Martinique\n\
AST -240|2001||America/Santo_Domingo\n\
AST -240 ADT -180 3.2.0 120 11.1.0 120|2007||America/Glace_Bay America/Halifax America/Moncton America/Thule Atlantic/Bermuda Canada/Atlantic\n\
AST -240 ADT -180 3.2.0 120 11.1.0 120|2012||America/Goose_Bay\n\
AWST 480|2010||Australia/Perth Australia/West\n\
CAT 120|1970||Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo\n\
CAT 120|2018||Africa/Khartoum Africa/Windhoek\n\
CAT 120|2022||Africa/Juba\n\
CET 60|1982||Africa/Algiers\n\
CET 60|2009||Africa/Tunis\n\
CET 60 CEST 120 3.5.0 120 10.5.0 180|1996||Africa/Ceuta Arctic/Longyearbyen Atlantic/Jan_Mayen CET Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich Poland\n\
CST -360|1970||America/Regina Canada/Saskatchewan\n\
CST -360|1973||America/Swift_Current\n\
CST -360|1984||America/Belize\n\
CST -360|1989||America/El_Salvador\n\
CST -360|1993||America/Costa_Rica\n\
CST -360|2007||America/Guatemala America/Managua America/Tegucigalpa\n\
CST -360 CDT -300 3.2.0 120 11.1.0 120|2007||America/Chicago America/Indiana/Knox America/Indiana/Tell_City America/Knox_IN America/Menominee America/North_Dakota/Center America/North_Dakota/New_Salem America/Rankin_Inlet CST6CDT US/Central US/Indiana-Starke\n\
CST -360 CDT -300 3.2.0 120 11.1.0 120|2008||America/Resolute\n\
CST -360 CDT -300 3.2.0 120 11.1.0 120|2010||America/Matamoros\n\
CST -360 CDT -300 3.2.0 120 11.1.0 120|2011||America/North_Dakota/Beulah\n\
CST 480|1980||Asia/Macao Asia/Macau Asia/Taipei ROC\n\
CST 480|1992||Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Shanghai PRC\n\
EAT 180|1970||Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu Africa/Nairobi Indian/Antananarivo Indian/Comoro Indian/Mayotte\n\
EET 120|2014||Africa/Tripoli Libya\n\
EET 120|2015||Europe/Kaliningrad\n\
EET 120 EEST 180 3.5.0 0 10.5.0 0|1999||Asia/Beirut\n\
EET 120 EEST 180 3.5.0 180 10.5.0 240|1996||EET Europe/Athens Europe/Helsinki Europe/Mariehamn\n\
EET 120 EEST 180 3.5.0 180 10.5.0 240|1997||Europe/Bucharest Europe/Kiev Europe/Sofia Europe/Uzhgorod Europe/Zaporozhye\n\
EET 120 EEST 180 3.5.0 180 10.5.0 240|1999||Asia/Nicosia Europe/Nicosia\n\
EET 120 EEST 180 3.5.0 180 10.5.0 240|2001||Europe/Riga\n\
EET 120 EEST 180 3.5.0 180 10.5.0 240|2002||Europe/Tallinn\n\
EET 120 EEST 180 3.5.0 180 10.5.0 240|2003||Europe/Vilnius\n\
EET 120 EEST 180 3.5.0 180 10.5.0 240|2018||Asia/Famagusta\n\
EST -300|1970||America/Atikokan America/Cayman America/Coral_Harbour America/Panama\n\
EST -300|1984||America/Jamaica Jamaica\n\
EST -300|2016||America/Cancun\n\
EST -300 EDT -240 3.2.0 120 11.1.0 120|2007||America/Detroit America/Fort_Wayne America/Indiana/Indianapolis America/Indiana/Marengo America/Indiana/Vevay America/Indianapolis America/Iqaluit America/Kentucky/Louisville America/Kentucky/Monticello America/Louisville America/Montreal America/Nassau America/New_York America/Nipigon America/Pangnirtung America/Thunder_Bay America/Toronto Canada/Eastern EST5EDT US/East-Indiana US/Eastern US/Michigan\n\
EST -300 EDT -240 3.2.0 120 11.1.0 120|2008||America/Indiana/Petersburg America/Indiana/Vincennes America/Indiana/Winamac\n\
EST -300 EDT -240 3.2.0 120 11.1.0 120|2017||America/Port-au-Prince\n\
EST -300 EDT -240 3.2.0 120 11.1.0 120|2019||America/Grand_Turk\n\
GMT 0|1970||Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Conakry Africa/Dakar Africa/Freetown Africa/Lome Africa/Nouakchott Africa/Ouagadougou Africa/Timbuktu Atlantic/Reykjavik Atlantic/St_Helena Iceland\n\
GMT 0|1970|S|Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT GMT+0 GMT-0 GMT0 Greenwich\n\
GMT 0|1973||Africa/Monrovia\n\
GMT 0|1976||Africa/Bissau\n\
GMT 0|1997||America/Danmarkshavn\n\
GMT 0|2020||Africa/Sao_Tome\n\
GMT 0 BST 60 3.5.0 60 10.5.0 120|1996||Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London GB GB-Eire\n\
HKT 480|1980||Asia/Hong_Kong Hongkong\n\
HST -600|1970||Pacific/Honolulu Pacific/Johnston US/Hawaii\n\
HST -600 HDT -540 3.2.0 120 11.1.0 120|2007||America/Adak America/Atka US/Aleutian\n\
IST 120 IDT 180 3.4.4 1560 10.5.0 120|2013||Asia/Jerusalem Asia/Tel_Aviv Israel\n\
IST 330|1970||Asia/Calcutta Asia/Kolkata\n\
IST 60 GMT 0 10.5.0 120 3.5.0 60|1996||Eire Europe/Dublin\n\
JST 540|1970||Asia/Tokyo Japan\n\
KST 540|1989||Asia/Seoul ROK\n\
KST 540|2019||Asia/Pyongyang\n\
MSK 180|2015||Europe/Moscow Europe/Simferopol W-SU\n\
MST -420|1970||America/Creston America/Phoenix US/Arizona\n\
MST -420|1973||America/Dawson_Creek\n\
MST -420|1999||America/Hermosillo\n\
MST -420|2016||America/Fort_Nelson\n\
MST -420|2021||America/Dawson America/Whitehorse Canada/Yukon\n\
MST -420 MDT -360 3.2.0 120 11.1.0 120|2007||America/Boise America/Cambridge_Bay America/Denver America/Shiprock MST7MDT Navajo US/Mountain\n\
NST -210 NDT -150 3.2.0 120 11.1.0 120|2012||America/St_Johns Canada/Newfoundland\n\
NZST 720 NZDT 780 9.5.0 120 4.1.0 180|2008||Antarctica/McMurdo Antarctica/South_Pole NZ Pacific/Auckland\n\
PKT 300|2010||Asia/Karachi\n\
PST -480 PDT -420 3.2.0 120 11.1.0 120|2007||America/Los_Angeles PST8PDT US/Pacific\n\
PST -480 PDT -420 3.2.0 120 11.1.0 120|2010||America/Ensenada America/Santa_Isabel America/Tijuana Mexico/BajaNorte\n\
PST 480|1991||Asia/Manila\n\
SAST 120|1970||Africa/Johannesburg Africa/Maseru Africa/Mbabane\n\
SST -660|1970||Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa\n\
UTC 0|1970|S|Etc/UCT Etc/UTC Etc/Universal Etc/Zulu UCT UTC Universal Zulu\n\
WAT 60|1970||Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville Africa/Luanda Africa/Malabo Africa/Niamey Africa/Porto-Novo\n\
WAT 60|1981||Africa/Ndjamena\n\
WET 0 WEST 60 3.5.0 60 10.5.0 120|1996||Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Madeira\n\
WET 0 WEST 60 3.5.0 60 10.5.0 120|1997||Europe/Lisbon Portugal WET\n\
WIB 420|1970||Asia/Jakarta\n\
WIB 420|1988||Asia/Pontianak\n\
WIT 540|1970||Asia/Jayapura\n\
WITA 480|1970||Asia/Makassar Asia/Ujung_Pandang\n\
";

/// Zones whose rules or existence differ between versions of pytz.
#[rustfmt::skip]
pub static UNSURE: &str = "\
Africa/Cairo\n\
Africa/Casablanca\n\
Africa/El_Aaiun\n\
America/Asuncion\n\
America/Bahia_Banderas\n\
America/Chihuahua\n\
America/Ciudad_Juarez\n\
America/Coyhaique\n\
America/Edmonton\n\
America/Godthab\n\
America/Havana\n\
America/Inuvik\n\
America/Mazatlan\n\
America/Merida\n\
America/Mexico_City\n\
America/Monterrey\n\
America/Nuuk\n\
America/Ojinaga\n\
America/Rainy_River\n\
America/Scoresbysund\n\
America/Vancouver\n\
America/Winnipeg\n\
America/Yellowknife\n\
Antarctica/Casey\n\
Antarctica/Vostok\n\
Asia/Almaty\n\
Asia/Amman\n\
Asia/Damascus\n\
Asia/Gaza\n\
Asia/Hebron\n\
Asia/Qostanay\n\
Asia/Tehran\n\
Canada/Central\n\
Canada/Mountain\n\
Canada/Pacific\n\
Cuba\n\
EST\n\
Egypt\n\
Europe/Chisinau\n\
Europe/Kirov\n\
Europe/Kyiv\n\
Europe/Tiraspol\n\
Europe/Volgograd\n\
HST\n\
Iran\n\
MET\n\
MST\n\
Mexico/BajaSur\n\
Mexico/General\n\
Pacific/Fiji\n\
Pacific/Guam\n\
Pacific/Saipan\n\
";

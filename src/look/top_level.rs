//! Top-level domains: Rocket.Chat links a bare address only when its host ends with one that exists.
//!
//! All country codes and the generic domains that business sites use. The full list has 1,400 names; a domain that is
//! missing here is shown without its link.

/// Country codes of ISO 3166 that are delegated, with `eu`, `su`, `uk` and `ac`.
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw \
by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga \
gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki \
km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na \
nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj \
sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn \
vu wf ws ye yt za zm zw";

/// Generic domains.
const GENERIC: &str = "academy africa agency app art asia audio auto bank bar bargains beer best bid bike bio biz blog boutique \
build builders business buzz cab cafe camp capital careers cash casa cat catering center chat cheap city claims cleaning \
click clinic clothing cloud club co coach codes coffee com community company computer consulting construction contact coop \
cool corsica courses credit cyou dance data date deals delivery design dev digital direct directory domains earth education \
email energy engineer engineering enterprises equipment estate events exchange expert express family fashion film finance \
financial fit fitness flights florist food foundation fun fund furniture games garden gallery gift global gmbh gold golf gov \
graphics green group guide guru health help holdings holiday host hotel house icu immo inc info ink institute insure int \
international investments jobs kim kitchen land law lawyer lease legal life lighting limited link live loan lol london love \
ltd management market marketing media medical menu mil mobi moda money movie museum name net network news ninja nyc one ong \
online org page paris partners parts party pet pharmacy photo photography photos pictures pizza place plumbing plus poker \
post press pro productions properties property pub quebec radio recipes red rent rentals repair report rest restaurant \
reviews rip rocks run sale sarl school science security services shoes shop shopping show singles site ski social software \
solar solutions space sport store studio style supplies supply support surf systems tax taxi team tech technology tel tennis \
theater tickets tips tires today tools top tours town toys trade training travel university uno vacations ventures vet video \
villas vin vip vision voyage watch website wedding wiki win wine work works world wtf xyz yoga zone";

/// Whether this is a top-level domain, in lower case.
pub fn is_known(name: &str) -> bool {
    let list = if name.len() == 2 { COUNTRIES } else { GENERIC };
    list.split(' ').any(|known| known == name)
}

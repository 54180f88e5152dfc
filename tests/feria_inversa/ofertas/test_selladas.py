"""Sealed bids: opened and judged by those who hold the key; and what becomes of what nobody opens."""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from constancia import hash_de, hashes_que_faltan
from empresa_digital.registro import Facultad
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.apertura.errores import FaltanPartes
from feria_inversa.apertura.tareas import abrir_sobres, anular_sin_llave
from feria_inversa.llaves import llave_de, rellenar, sellar
from feria_inversa.llaves.consultas import partes_de
from feria_inversa.llaves.modelos import Llave, Parte
from feria_inversa.ofertas.consultas import ofertas_abiertas
from feria_inversa.ofertas.errores import PlazoNoVencido
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea, Sobre
from feria_inversa.ofertas.ofertas import presentar_sellada, retirar_oferta
from feria_inversa.ofertas.presentar import recibo_de
from feria_inversa.ofertas.sellados import HOJA
from feria_inversa.ofertas.sobres import info_de
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.modelos import ClaveIdempotencia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.conftest import Parte as Quien
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, resguardo


@pytest.fixture
def guardas(feria: Feria) -> list[Guarda]:
    return resguardo(feria)


def lineas_de(feria: Feria, id_: UUID, *precios: str) -> list[dict[str, Any]]:
    return [
        {
            "item_id": str(item.id),
            "precio_unitario": {"monto": precio, "moneda": "BOB"},
            "marca": "Artesanal",
            "detalle": "",
            "plazo_dias": 15,
        }
        for item, precio in zip(feria.items(id_), precios, strict=False)
    ]


def mandar(
    id_: UUID,
    quien: Quien,
    dicho: bytes,
    *,
    huella: str = "",
    para: UUID | None = None,
    items: int = 2,
    **opciones: Any,
) -> UUID:
    """As a program of the bidder's does: what is said, sealed to the key of the process."""
    with transaccion() as sesion:
        llave = llave_de(sesion, id_)
        assert llave is not None
        comun = {"id_": nuevo_id(), "version": 1} | opciones
        info = info_de(id_, para or quien.id, comun["id_"], comun["version"])
        sobre = sellar(llave.publica, info, rellenar(dicho, items))
        huella = huella or hashlib.sha256(dicho).hexdigest()
        return presentar_sellada(sesion, quien.actor, id_, quien.id, sobre, huella, **comun).id


def sobre_de(id_: UUID, quien: Quien, dicho: bytes, oferta_id: UUID) -> dict[str, Any]:
    """The same, as it goes in the body of a request."""
    with transaccion() as sesion:
        llave = llave_de(sesion, id_)
        assert llave is not None
        sobre = sellar(llave.publica, info_de(id_, quien.id, oferta_id, 1), rellenar(dicho, 2))
    return {
        "id": str(oferta_id),
        "version": 1,
        "sobre": base64.b64encode(sobre).decode(),
        "huella": hashlib.sha256(dicho).hexdigest(),
    }


def dicho_de(lineas: Any) -> bytes:
    return json.dumps({"version": 1, "sal": "ab" * 32, "lineas": lineas}).encode()


def dadas_de(sesion: Session, id_: UUID) -> list[bool]:
    """Which parts of the key of a process were given; of none the words are kept."""
    llave = llave_de(sesion, id_)
    assert llave is not None
    partes = partes_de(sesion, llave.id)
    assert [p.entregada for p in partes] == [None] * len(partes)
    return [p.entregada_en is not None for p in partes]


def cerrar(reloj: Any) -> None:
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1


def test_se_abren_con_las_partes_y_el_acta_dice_lo_que_decian(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any, cliente: Any
) -> None:
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.50"])
    dicho = dicho_de(lineas_de(feria, id_, "399.99"))
    de_beto = mandar(id_, feria.beto, dicho)
    assert len({len(c) for c in sesion.exec(select(Sobre.contenido))}) == 1
    assert sesion.exec(select(Oferta.cantidad_lineas)).all() == [None, None]
    sesion.rollback()
    with pytest.raises(PlazoNoVencido):
        entregar(guardas[0], id_)
    cerrar(reloj)
    entregar_pendientes()
    with pytest.raises(FaltanPartes), transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    assert entregar(guardas[2], id_) is None
    assert entregar(guardas[2], id_) is None  # twice is once
    acta = entregar(guardas[0], id_)
    assert acta is not None
    assert (acta.ofertas, acta.invalidas, acta.depositarios) == (
        2,
        (),
        ("Depositario 0 Prueba", "Depositario 2 Prueba"),
    )
    with transaccion() as otra:
        proceso = otra.get_one(Convocatoria, id_)
        assert proceso.estado == "evaluacion"
        abiertas = {
            o.oferta.id: sorted(str(li.precio_unitario.amount) for li in o.lineas)
            for o in ofertas_abiertas(otra, proceso)
        }
        assert abiertas == {de_ana: ["400.0000", "700.5000"], de_beto: ["399.9900"]}
        assert dadas_de(otra, id_) == [True, False, True]
    contenido = json.loads(sesion.exec(select(Acta.contenido)).one())
    assert contenido["textos"][hashlib.sha256(dicho).hexdigest()].encode() == dicho
    assert all(hashlib.sha256(t.encode()).hexdigest() == h for h, t in contenido["textos"].items())
    sobres = dict(sesion.exec(select(Oferta.huella, Oferta.huella_sobre)).all())
    hojas = {hash_de(HOJA, str(id_), f"{h}|{sobres[h]}|vigente") for h in contenido["textos"]}
    assert hashes_que_faltan(sesion, hojas) == set()
    assert verificar_selladas(sesion) == []
    pagina = cliente.get(f"/feria/{id_}/acta").text
    assert "Depositario 0 Prueba, Depositario 2 Prueba" in pagina


INVALIDAS = {
    "otra huella": "huella",
    "de otra unidad": "otra",
    "no es json": b"Bs 12",
    "no es utf-8": dicho_de([]).decode().encode("utf-16-le"),
    "vacia": dicho_de([]),
    "hondo": b"[" * 1500,
    "otra version": b'{"version":2,"lineas":[]}',
    "precio raro": "-5",
    "sin precio": "0",
}


def test_lo_que_no_se_puede_mirar_antes_se_juzga_al_abrir(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Whatever somebody seals, the others are opened; and each that does not count says why."""
    id_ = feria.publicada().id
    buena = dicho_de(lineas_de(feria, id_, "400.00", "700.00"))
    rivales = [feria.crear_parte(f"Rival {n}") for n in range(len(INVALIDAS) + 3)]
    for rival, malo in zip(rivales, INVALIDAS.values(), strict=False):
        if malo == "huella":
            mandar(id_, rival, buena, huella="0" * 64)
        elif malo == "otra":
            mandar(id_, rival, buena, para=feria.ana.id)
        elif isinstance(malo, str):
            mandar(id_, rival, dicho_de(lineas_de(feria, id_, malo)))
        else:
            mandar(id_, rival, malo)
    lineas = lineas_de(feria, id_, "400.00")
    mandar(id_, rivales[-3], dicho_de([*lineas, *lineas]))
    mandar(id_, rivales[-2], dicho_de([lineas[0] | {"marca": "\ud800"}]))
    mandar(id_, rivales[-1], dicho_de([lineas[0] | {"plazo_dias": 31}]))
    feria.ofertar(feria.ana, id_, ["450.00", None])
    cerrar(reloj)
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert (acta.ofertas, len(acta.invalidas)) == (1, len(rivales))
    fallas = [i.falla for i in acta.invalidas]
    assert fallas[:2] == [
        "Lo que dice el sobre no es lo que dice su huella.",
        "El sobre no se abre con la llave del proceso.",
    ]
    assert fallas[-3:] == [
        "El ítem 1 está dos veces.",
        "Lo que dice el sobre no es una oferta.",
        "El plazo máximo de entrega es de 30 días.",
    ]
    estados = sesion.exec(select(Oferta.estado).order_by(col(Oferta.presentada_en))).all()
    assert estados == ["invalida"] * len(rivales) + ["vigente"]
    assert len(sesion.exec(select(OfertaLinea.id)).all()) == 1


REPONER = (
    "INSERT INTO feria_oferta (id, convocatoria_id, unidad_id, intento, estado, presentada_en, "
    "presentada_por, huella, huella_sobre, version) SELECT :otra, convocatoria_id, unidad_id, 3, 'vigente', "
    "nucleo_ahora(), presentada_por, :huella, huella_sobre, version FROM feria_oferta WHERE id = :vieja",
    "INSERT INTO feria_sobre SELECT :otra, contenido FROM feria_sobre WHERE oferta_id = :vieja",
)


def test_un_sobre_de_antes_no_vuelve_como_otra_oferta(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Put back by the application's role: its text is of one bid, and its envelope opens as no other."""
    id_ = feria.publicada().id
    vieja = mandar(id_, feria.ana, dicho_de(lineas_de(feria, id_, "449.00")))
    nueva = mandar(id_, feria.ana, dicho_de(lineas_de(feria, id_, "400.00")), reemplazar=True)
    datos = {
        "vieja": vieja,
        "nueva": nueva,
        "otra": nuevo_id(),
        "huella": sesion.get_one(Oferta, vieja).huella,
    }
    terminar = (
        "UPDATE feria_oferta SET estado = 'reemplazada', terminada_en = nucleo_ahora() WHERE id = :nueva"
    )
    sesion.connection().execute(text(terminar), datos)
    with pytest.raises(DBAPIError, match="uq_feria_oferta_convocatoria_id_huella"):
        sesion.connection().execute(text(REPONER[0]), datos)
    sesion.rollback()
    for orden in (terminar, *REPONER):
        sesion.connection().execute(text(orden), datos | {"huella": "f" * 64})
    sesion.commit()
    cerrar(reloj)
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert [i.falla for i in acta.invalidas] == ["El sobre no se abre con la llave del proceso."]


def test_repetir_el_envio_da_el_mismo_recibo_y_otro_sobre_no_entra(
    feria: Feria, guardas: list[Guarda], cliente: Any, token_de: Any
) -> None:
    """Also when the answer was lost: the same bytes are the same bid, to present it or to replace it."""
    id_ = feria.publicada().id
    ruta = f"/api/v1/convocatorias/{id_}/ofertas"
    cabeceras = {"Authorization": f"Bearer {token_de(feria.ana.persona)}"}
    cuerpos = [
        sobre_de(id_, feria.ana, dicho_de(lineas_de(feria, id_, p)), nuevo_id()) for p in ("400.00", "399.00")
    ]
    nueva = {"unidad_id": str(feria.ana.id)}
    una, otra = (cliente.post(ruta, json=cuerpos[0] | nueva, headers=cabeceras) for _vez in range(2))
    assert (una.status_code, otra.status_code, otra.json()) == (201, 201, una.json())
    mezcla = cliente.post(ruta, json=cuerpos[1] | nueva | {"id": cuerpos[0]["id"]}, headers=cabeceras)
    assert (mezcla.status_code, mezcla.json()["codigo"]) == (409, "oferta_ya_presentada")
    ruta += f"/{una.json()['id']}"
    una, otra = (cliente.put(ruta, json=cuerpos[1], headers=cabeceras) for _vez in range(2))
    assert (una.status_code, otra.status_code, otra.json()) == (200, 200, una.json())
    assert una.json()["id"] == cuerpos[1]["id"]


def test_lo_que_se_sello_antes_se_abre_como_se_sello(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Before a bid said which envelope it is, and the envelope of which bid: as the migration leaves it."""
    id_ = feria.publicada().id
    dicho = dicho_de(lineas_de(feria, id_, "400.00"))
    oferta = mandar(id_, feria.ana, dicho)
    llave = llave_de(sesion, id_)
    assert llave is not None
    sobre = sellar(llave.publica, f"qhatu-sobre-v1|{id_}|{feria.ana.id}", rellenar(dicho, 2))
    sesion.rollback()
    with feria.duenio.begin() as conexion:
        for tabla, cambio in (("oferta", "huella_sobre = NULL"), ("sobre", "contenido = :sobre")):
            conexion.execute(text(f"ALTER TABLE feria_{tabla} DISABLE TRIGGER USER"))
            conexion.execute(text(f"UPDATE feria_{tabla} SET {cambio}"), {"sobre": sobre})
            conexion.execute(text(f"ALTER TABLE feria_{tabla} ENABLE TRIGGER USER"))
    cerrar(reloj)
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert (acta.ofertas, acta.invalidas) == (1, ())
    assert verificar_selladas(sesion) == []
    huella = sesion.get_one(Oferta, oferta).huella
    assert hashes_que_faltan(sesion, {hash_de(HOJA, str(id_), f"{huella}|vigente")}) == set()


def test_lo_mismo_no_se_presenta_dos_veces(feria: Feria, guardas: list[Guarda]) -> None:
    id_ = feria.publicada().id
    dicho = dicho_de(lineas_de(feria, id_, "400.00"))
    mandar(id_, feria.ana, dicho)
    with pytest.raises(DatosInvalidos, match="con otra sal"):
        mandar(id_, feria.beto, dicho)


@pytest.mark.usefixtures("cliente")
def test_un_sobre_estropeado_se_nota(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """By who owns the database: the receipt, the log and the act say which bytes came and which were read."""
    id_ = feria.publicada().id
    oferta = sesion.get_one(Oferta, mandar(id_, feria.ana, dicho_de(lineas_de(feria, id_, "400.00"))))
    llego = hashlib.sha256(sesion.get_one(Sobre, oferta.id).contenido).hexdigest()
    assert f"|{oferta.huella}|{llego}|" in recibo_de(oferta).texto
    assert recibo_de(oferta).texto.startswith("qhatu-recibo-oferta-v2|")
    sesion.rollback()
    cerrar(reloj)
    entregar_pendientes()
    assert verificar_selladas(sesion) == []
    sesion.rollback()
    estropear = "UPDATE feria_sobre SET contenido = set_byte(contenido, 99, 255 - get_byte(contenido, 99))"
    with feria.duenio.begin() as conexion:
        for orden in ("DISABLE TRIGGER USER", estropear, "ENABLE TRIGGER USER"):
            conexion.execute(text(orden if orden is estropear else f"ALTER TABLE feria_sobre {orden}"))
    assert verificar_selladas(sesion) == [f"el sobre de la oferta {oferta.id} no es el que se recibió"]
    hoja = hash_de(HOJA, str(id_), f"{oferta.huella}|{llego}|vigente")
    assert hashes_que_faltan(sesion, {hoja}) == set()
    sesion.rollback()
    entregar(guardas[0], id_)
    entregar(guardas[1], id_)
    (invalida,) = json.loads(sesion.exec(select(Acta.contenido)).one())["invalidas"]
    assert invalida["falla"] == "El sobre no es el que se recibió, y no se abre."
    probado = base64.b64decode(invalida["sobre"])
    assert hashlib.sha256(probado).hexdigest() == invalida["huella_sobre"] != llego


def test_lo_que_es_solo_forma_se_perdona(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Nobody can correct what is sealed: zeros in front and letters that nobody sees do not undo a bid."""
    id_ = feria.publicada().id
    una = lineas_de(feria, id_, "0399.99")[0] | {"marca": "\u200bArte\u00adsanal\ufffd", "detalle": "\u200e"}
    mandar(id_, feria.beto, dicho_de([una]))
    cerrar(reloj)
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert (acta.ofertas, acta.invalidas) == (1, ())
    linea = sesion.exec(select(OfertaLinea)).one()
    assert (str(linea.precio_unitario.amount), linea.marca, linea.detalle) == ("399.9900", "Artesanal", "")


def test_donde_no_hay_sobres_no_hace_falta_la_llave(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Nobody came: it is opened, and will be desierto, as any other; its bidders lost nothing."""
    id_, otra = feria.publicada().id, feria.publicada().id
    with transaccion() as s:
        retirar_oferta(s, feria.ana.actor, feria.ofertar(feria.ana, otra, ["400.00", None]))
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 2
    with transaccion() as s:
        acta = abrir_convocatoria(s, feria.entidad.actor, id_)
        assert (acta.ofertas, acta.invalidas) == (0, ())
    with transaccion() as s:
        sigue_en = s.get_one(Convocatoria, otra).sigue_en
    assert sigue_en is not None
    reloj.situar(sigue_en)
    assert (abrir_sobres(), anular_sin_llave()) == (1, 0)
    assert [sesion.get_one(Convocatoria, x).estado for x in (id_, otra)] == ["evaluacion", "evaluacion"]
    assert verificar_selladas(sesion) == []


def test_de_lo_que_llega_sin_sellar_no_queda_ni_el_resumen(
    feria: Feria, guardas: list[Guarda], sesion: Session, cliente: Any, token_de: Any
) -> None:
    """Whoever has the digest of a body finds its price by trying."""
    id_ = feria.publicada().id
    cuerpo = {"unidad_id": str(feria.ana.id), "lineas": lineas_de(feria, id_, "400.00")}
    cabeceras = {"Authorization": f"Bearer {token_de(feria.ana.persona)}", "Idempotency-Key": "una"}
    negada = cliente.post(f"/api/v1/convocatorias/{id_}/ofertas", json=cuerpo, headers=cabeceras)
    assert (negada.status_code, negada.json()["codigo"]) == (409, "sobre_requerido")
    assert sesion.exec(select(ClaveIdempotencia)).all() == []


def test_un_sobre_que_dice_su_largo_no_entra(feria: Feria, guardas: list[Guarda], sesion: Session) -> None:
    id_ = feria.publicada().id
    llave = llave_de(sesion, id_)
    assert llave is not None
    info = info_de(id_, feria.ana.id, id_, 1)
    for dicho in (b"corto", b"x" * 2047, b"x" * 2049, b"x" * 3000):
        sobre = sellar(llave.publica, info, dicho)
        with pytest.raises(DatosInvalidos):
            presentar_sellada(sesion, feria.ana.actor, id_, feria.ana.id, sobre, "0" * 64, id_=id_, version=1)
        sesion.rollback()
    assert sesion.exec(select(Oferta.id)).all() == []


def test_sin_partes_se_dice_y_despues_se_anula(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    id_ = feria.publicada().id
    oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    cerrar(reloj)
    entregar(guardas[0], id_)
    for barrido, antes, despues in (
        (abrir_sobres, "recepcion_cerrada", "apertura_impedida"),
        (anular_sin_llave, "apertura_impedida", "cancelado"),
    ):
        sesion.expire_all()
        proceso = sesion.get_one(Convocatoria, id_)
        assert proceso.estado == antes
        assert proceso.sigue_en is not None
        reloj.situar(proceso.sigue_en - timedelta(minutes=5))
        sesion.rollback()
        assert barrido() == 0
        reloj.adelantar(timedelta(minutes=5))
        if barrido is anular_sin_llave:  # its end does not wait for the sweep
            with pytest.raises(EstadoNoPermite, match="terminó el"):
                entregar(guardas[1], id_)
        assert (barrido(), barrido()) == (1, 0)
        entregar_pendientes()
        sesion.expire_all()
        assert sesion.get_one(Convocatoria, id_).estado == despues
        sesion.rollback()
    assert sesion.get_one(Oferta, oferta).estado == "vigente"
    assert sesion.exec(select(OfertaLinea.id)).all() == []
    assert dadas_de(sesion, id_) == [True, False, False]


def test_la_aplicacion_no_olvida_antes_ni_recuerda_despues(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    id_ = feria.publicada().id
    cerrar(reloj)
    entregar(guardas[0], id_)
    olvidar = text("UPDATE feria_parte SET entregada = NULL WHERE entregada IS NOT NULL")
    with pytest.raises(DBAPIError, match="what was written stays"):
        sesion.connection().execute(olvidar)
    sesion.rollback()
    (dichas,) = sesion.exec(
        select(Parte.entregada).join(Llave).where(Llave.convocatoria_id == id_, col(Parte.entregada) != "")
    ).all()
    sesion.rollback()
    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Ya no hace falta nada de esto.")
    assert dadas_de(sesion, id_) == [True, False, False]
    sesion.rollback()
    recordar = text("UPDATE feria_parte SET entregada = :dichas WHERE huella = :huella")
    huella = hashlib.sha256(str(dichas).encode()).hexdigest()
    with pytest.raises(DBAPIError, match="what was written stays"):
        sesion.connection().execute(recordar, {"dichas": dichas, "huella": huella})


def test_quien_actua_por_una_oferente_entrega_su_parte_y_el_acta_lo_dice(feria: Feria, reloj: Any) -> None:
    """Where all are needed, and the last one to come acts for who bid."""
    una, otra = resguardo(feria, 2, 2)
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    feria.mandato(feria.ana.id, otra.persona, Facultad.OFERTAR)
    cerrar(reloj)
    assert entregar(una, id_) is None
    acta = entregar(otra, id_)
    assert acta is not None
    assert (acta.ofertas, acta.por_depositarios) == (1, True)
    assert acta.en_conflicto == ("Depositario 1 Prueba",)


@pytest.mark.usefixtures("cliente")
def test_lo_que_se_cancela_despues_de_su_hora_tambien_consta(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Before any sweep closed it; and who verifies asks for the leaves of what was not opened too."""
    id_ = feria.publicada().id
    oferta = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, "Ya no hace falta nada de esto.")
    reloj.adelantar(timedelta(hours=2))
    assert verificar_selladas(sesion) == [
        f"falta en la constancia la oferta {oferta}",
        f"falta en la constancia cuántas ofertas recibió {id_}",
    ]
    sesion.rollback()
    entregar_pendientes()
    assert verificar_selladas(sesion) == []


def test_todavia_se_abre_lo_que_estaba_impedido(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    id_ = feria.publicada().id
    feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    retirada = feria.ofertar(feria.beto, id_, ["1.00", "1.00"])
    with transaccion() as otra:
        retirar_oferta(otra, feria.beto.actor, retirada)
    cerrar(reloj)
    reloj.adelantar(timedelta(days=8))
    assert abrir_sobres() == 1
    assert entregar(guardas[1], id_) is None
    acta = entregar(guardas[2], id_)
    assert acta is not None
    assert (acta.ofertas, acta.retiradas) == (1, 1)

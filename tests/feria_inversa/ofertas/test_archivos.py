"""Files of a bid: sealed as its prices are, opened with it, seen by who evaluates; with exact values."""

import base64
import hashlib
import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.llaves import NoAbre, cifrar, descifrar, llave_de, rellenar, sellar, tamano_cifrado
from feria_inversa.llaves.cifrado import BLOQUE, es_tamano_cifrado
from feria_inversa.ofertas.archivos import Adjuntos, info_de_archivo, subir_archivo
from feria_inversa.ofertas.bloqueos import lugar_si_libre
from feria_inversa.ofertas.errores import OfertaTardia, OfertaYaPresentada
from feria_inversa.ofertas.esquemas import ArchivoDicho
from feria_inversa.ofertas.modelos import ArchivoAbierto, ArchivoDeOferta, Oferta, OfertaLinea
from feria_inversa.ofertas.ofertas import presentar_oferta, presentar_sellada, retirar_oferta
from feria_inversa.ofertas.sobres import info_de
from feria_inversa.ofertas.tareas import tirar_archivos
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.esquemas import PedidoEntrada
from nucleo.archivos import Recibido, bytes_de, exigir_prueba, tipos_de
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, LimiteExcedido
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.ayudas.papeles import un_pdf
from tests.feria_inversa.conftest import Feria, Parte, item, linea
from tests.feria_inversa.datos_abiertos.ayudas import compilado
from tests.feria_inversa.llaves.ayudas import entregar, resguardo
from tests.nucleo.archivos.ayudas import en_disco, vaciar_almacen

ITEMS = [item("Silla", "10", "100.00")]
CLAVE = bytes(range(32))
FICHA, REGISTRO = "Ficha técnica de la silla", "Registro sanitario"


def _publicada(feria: Feria) -> UUID:
    id_ = feria.borrador(ITEMS).id
    with transaccion() as sesion:
        pedidos = [
            PedidoEntrada(nombre=FICHA, subsanable=False),
            PedidoEntrada(nombre=REGISTRO, subsanable=True),
        ]
        pedir_documentos(sesion, feria.entidad.actor, id_, pedidos)
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    return id_


def _huella(contenido: bytes) -> str:
    return hashlib.sha256(contenido).hexdigest()


def _subir(quien: Parte, id_: UUID, oferta_id: UUID, numero: int, contenido: bytes) -> dict[str, Any]:
    """As a browser does; what the sealed text says of it."""
    cifrado = cifrar(CLAVE, info_de_archivo(oferta_id, numero), contenido)
    with transaccion() as sesion:
        recibido = Recibido.de_bytes(cifrado)
        dicha = subir_archivo(sesion, quien.actor, id_, quien.id, oferta_id, numero, recibido)
    assert dicha == _huella(cifrado)
    return {"numero": numero, "huella": _huella(contenido), "cifrado": dicha}


def _presentar(feria: Feria, quien: Parte, id_: UUID, oferta_id: UUID, dichos: Any, **mas: Any) -> UUID:
    """A sealed bid that names these files; `van`, those that it says in the open, if they are others; `dice`,
    what its text says of them, if it is written otherwise."""
    van = mas.pop("van", dichos)
    dice = mas.pop("dice", {"clave": CLAVE.hex(), "archivos": dichos})
    precio = {"monto": "90.00", "moneda": "BOB"}
    linea = {"item_id": str(feria.items(id_)[0].id), "precio_unitario": precio, "marca": "Artesanal"}
    lineas = [linea | {"detalle": "", "plazo_dias": 15}]
    dicho = json.dumps({"version": 1, "sal": oferta_id.hex * 2, "lineas": lineas} | dice).encode()
    with transaccion() as sesion:
        llave = llave_de(sesion, id_)
        assert llave is not None
        sobre = sellar(llave.publica, info_de(id_, quien.id, oferta_id, 1), rellenar(dicho, 1, 2))
        archivos = {d["numero"]: d["cifrado"] for d in van}
        argumentos = {"id_": oferta_id, "version": 1, "archivos": archivos} | mas
        return presentar_sellada(sesion, quien.actor, id_, quien.id, sobre, _huella(dicho), **argumentos).id


def _abrir(feria: Feria, id_: UUID, guardas: Any, reloj: Any) -> None:
    reloj.adelantar(timedelta(days=10, seconds=1))
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    entregar_pendientes()


def _abiertos(sesion: Session) -> list[ArchivoAbierto]:
    sesion.rollback()
    consulta = select(ArchivoAbierto).order_by(col(ArchivoAbierto.oferta_id), col(ArchivoAbierto.numero))
    return list(sesion.exec(consulta))


def test_se_cifra_por_bloques_y_para_una_sola_oferta() -> None:
    for largo in (0, 1, BLOQUE - 1, BLOQUE):
        cifrado = cifrar(CLAVE, "a|1", b"x" * largo)
        assert len(cifrado) == tamano_cifrado(largo) == 28 + BLOQUE * (largo // BLOQUE + 1)
        assert es_tamano_cifrado(len(cifrado))
        assert descifrar(CLAVE, "a|1", cifrado) == b"x" * largo
        for clave, info, que in ((CLAVE, "a|2", cifrado), (CLAVE[::-1], "a|1", cifrado), (CLAVE, "a|1", b"")):
            with pytest.raises(NoAbre):
                descifrar(clave, info, que)
    assert [es_tamano_cifrado(n) for n in (0, 28, 28 + BLOQUE - 1, 29 + BLOQUE)] == [False] * 4


def test_por_la_pagina_sin_javascript(feria: Feria, sesion: Session, sesion_web: Any, reloj: Any) -> None:
    """It goes with the confirmation, nobody reads it before, and then who evaluates does; others are told."""
    id_ = _publicada(feria)
    ruta = f"/feria/{id_}/ofertar"
    ana, entidad = sesion_web(feria.ana.persona), sesion_web(feria.entidad.persona)
    oferta_id, pdf = nuevo_id(), un_pdf("MARCA-SECRETA")
    campos = {"unidad_id": str(feria.ana.id), "_id": str(oferta_id), "lineas.1.marca": "Artesanal"}
    campos |= {"lineas.1.precio_unitario": "90", "presentar": "1"}
    mala = ana.post(ruta, data=campos, files={"archivo_1": ("a.pdf", b"%PDF-1.7 roto", "application/pdf")})
    assert (mala.status_code, "no se pudo abrir" in mala.text, 'name="archivo_1"' in mala.text) == (
        422,
        True,
        True,
    )
    ajena = ana.post(ruta, data=campos, files={"archivo_3": ("a.pdf", pdf, "application/pdf")})
    assert (ajena.status_code, "no pide ese documento" in ajena.text) == (422, True)
    assert (sesion.exec(select(Oferta)).all(), sesion.exec(select(ArchivoDeOferta)).all()) == ([], [])
    sesion.rollback()
    hecha = ana.post(ruta, data=campos, files={"archivo_1": ("a.pdf", pdf, "application/pdf")})
    assert (hecha.status_code, hecha.headers["location"]) == (303, f"/ofertas/{oferta_id}")
    subido = sesion.exec(select(ArchivoDeOferta)).one()
    assert (subido.oferta_id, subido.numero, subido.unidad_id) == (oferta_id, 1, feria.ana.id)
    guardado = bytes_de(sesion, subido.archivo_id)
    assert (len(guardado), b"%PDF" in guardado) == (tamano_cifrado(len(pdf)), False)
    assert f"subió, cerrado: {FICHA}" in ana.get(f"/ofertas/{oferta_id}").text
    suyo = f"/feria/{id_}/ofertas/{oferta_id}/archivos/1"
    assert [quien.get(suyo).status_code for quien in (ana, entidad)] == [404, 404]
    with pytest.raises(OfertaYaPresentada):
        _subir(feria.ana, id_, oferta_id, 1, pdf)

    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    ana, entidad = sesion_web(feria.ana.persona), sesion_web(feria.entidad.persona)
    assert "se está leyendo" in entidad.get(f"/compras/{id_}").text
    entregar_pendientes()
    (abierto,) = _abiertos(sesion)
    assert (abierto.huella, abierto.falla) == (_huella(pdf), None)
    assert abierto.leido_id is not None
    assert tipos_de(sesion, [abierto.leido_id]) == {abierto.leido_id: "application/pdf"}
    for quien in (ana, entidad):
        bajado = quien.get(suyo)
        assert (bajado.status_code, bajado.content[:5]) == (200, b"%PDF-")
        assert bajado.content != pdf  # drawn again
    beto = sesion_web(feria.beto.persona)
    assert [beto.get(suyo).status_code, beto.get(suyo.replace("/1", "/2")).status_code] == [404, 404]
    publica = beto.get(f"/feria/{id_}").text
    assert (FICHA in publica, _huella(pdf) in publica, suyo in publica) == (True, True, False)
    (oferta,) = beto.get(f"/api/v1/convocatorias/{id_}/ofertas").json()["datos"]
    assert oferta["archivos"] == [{"numero": 1, "nombre": FICHA, "huella": _huella(pdf), "falla": None}]
    calificar = entidad.get(f"/compras/{id_}/calificacion").text
    assert suyo in calificar


def test_sellada_la_copia_dice_sus_archivos(
    feria: Feria, sesion: Session, sesion_web: Any, reloj: Any
) -> None:
    guardas = resguardo(feria)
    id_ = _publicada(feria)
    oferta_id, pdf = nuevo_id(), un_pdf("Ficha")
    campos = {"unidad_id": str(feria.ana.id), "_id": str(oferta_id), "lineas.1.marca": "Artesanal"}
    campos |= {"lineas.1.precio_unitario": "90", "presentar": "1"}
    archivos = {"archivo_2": ("a.pdf", pdf, "application/pdf")}
    respuesta = sesion_web(feria.ana.persona).post(f"/feria/{id_}/ofertar", data=campos, files=archivos)
    hallada = re.search(r'href="data:application/json;base64,([^"]+)"', respuesta.text)
    assert hallada
    dicho = json.loads(json.loads(base64.b64decode(hallada[1]))["texto"])
    (archivo,) = dicho["archivos"]
    subido = sesion.exec(select(ArchivoDeOferta)).one()
    cifrado = bytes_de(sesion, subido.archivo_id)
    assert archivo == {"numero": 2, "huella": _huella(pdf), "cifrado": _huella(cifrado)}
    info = info_de_archivo(oferta_id, 2)
    assert descifrar(bytes.fromhex(dicho["clave"]), info, cifrado) == pdf
    _abrir(feria, id_, guardas, reloj)
    assert [(a.numero, a.huella, a.falla) for a in _abiertos(sesion)] == [(2, _huella(pdf), None)]


def test_lo_que_no_llego_no_se_presenta(feria: Feria, sesion: Session) -> None:
    """Named and never uploaded, or another: refused, and nothing changes. What is not named goes away."""
    resguardo(feria)
    id_ = _publicada(feria)
    oferta_id = nuevo_id()
    primero = _subir(feria.ana, id_, oferta_id, 1, b"uno")
    segundo = _subir(feria.ana, id_, oferta_id, 2, b"dos")
    perdido = {"numero": 2, "huella": "a" * 64, "cifrado": "b" * 64}
    with pytest.raises(DatosInvalidos, match=f"No llegó: {REGISTRO}"):
        _presentar(feria, feria.ana, id_, oferta_id, [primero, perdido])
    assert sesion.exec(select(Oferta)).all() == []
    otra = _subir(feria.ana, id_, oferta_id, 1, b"uno otra vez")  # takes its place
    with pytest.raises(DatosInvalidos, match=f"No llegó: {FICHA}"):
        _presentar(feria, feria.ana, id_, oferta_id, [primero, segundo])
    with pytest.raises(DatosInvalidos, match="ya está en uso"):
        _presentar(feria, feria.beto, id_, oferta_id, [otra])
    with pytest.raises(DatosInvalidos, match="ya está en uso"):
        _subir(feria.beto, id_, oferta_id, 2, b"de otro")
    _presentar(feria, feria.ana, id_, oferta_id, [otra])
    sesion.rollback()
    assert [fila.numero for fila in sesion.exec(select(ArchivoDeOferta))] == [1]


def test_cada_archivo_se_juzga_al_abrir(feria: Feria, sesion: Session, reloj: Any, sesion_web: Any) -> None:
    """One that is not what the text says, or no PDF, does not count; the bid does."""
    guardas = resguardo(feria)
    id_ = _publicada(feria)
    ana, beto = sorted((nuevo_id(), nuevo_id()))
    buena = _subir(feria.ana, id_, ana, 1, un_pdf("Ficha"))
    guion = _subir(feria.ana, id_, ana, 2, b"%PDF-1.7 <script>")
    _presentar(feria, feria.ana, id_, ana, [buena, guion])
    sin_nombrar = _subir(feria.beto, id_, beto, 1, un_pdf("Otra"))
    otra_huella = _subir(feria.beto, id_, beto, 2, un_pdf("Mas"))
    mentira = [otra_huella | {"huella": "c" * 64}]
    _presentar(feria, feria.beto, id_, beto, mentira, van=[sin_nombrar, otra_huella])
    _abrir(feria, id_, guardas, reloj)
    hallado = [(a.oferta_id, a.numero, a.leido_id is not None, a.falla) for a in _abiertos(sesion)]
    assert hallado == [
        (ana, 1, True, None),
        (ana, 2, False, "Es un PDF que no se pudo abrir: guárdelo otra vez, sin contraseña."),
        (beto, 1, False, "El archivo no es el que dice la oferta."),
        (beto, 2, False, "El archivo no se abre con la clave que dice la oferta, o no es el de su huella."),
    ]
    assert {o.estado for o in sesion.exec(select(Oferta))} == {"vigente"}
    sesion.rollback()
    detalles = compilado(sesion, id_)["bids"]["details"]
    documentos = {d["id"]: (d["title"], d["description"]) for b in detalles for d in b["documents"]}
    assert documentos == {
        f"{ana}-1": (FICHA, f"SHA-256: {_huella(un_pdf('Ficha'))}"),
        f"{ana}-2": (REGISTRO, f"SHA-256: {_huella(b'%PDF-1.7 <script>')}"),
        f"{beto}-1": (FICHA, "No es el que dice la oferta."),
        f"{beto}-2": (REGISTRO, f"SHA-256: {'c' * 64}"),
    }
    entidad = sesion_web(feria.entidad.persona)
    assert entidad.get(f"/feria/{id_}/ofertas/{ana}/archivos/2").status_code == 404
    with sesion.bind.begin() as conexion:  # type: ignore[union-attr]
        conexion.execute(text("UPDATE nucleo_entrega SET hecha_en = NULL"))
    entregar_pendientes()
    assert len(_abiertos(sesion)) == 4


@pytest.mark.parametrize(
    ("que", "falla"),
    [
        ("mayusculas", None),
        ("nulos", "El archivo no es el que dice la oferta."),
        ("sin_clave", "El archivo no es el que dice la oferta."),
        ("clave_corta", "El archivo no es el que dice la oferta."),
        ("de_mas", "El archivo no es el que dice la oferta."),
    ],
)
def test_como_nombra_sus_archivos_no_cuesta_la_oferta(
    que: str, falla: str | None, feria: Feria, sesion: Session, reloj: Any
) -> None:
    guardas = resguardo(feria)
    id_, oferta_id = _publicada(feria), nuevo_id()
    suyo = _subir(feria.ana, id_, oferta_id, 1, un_pdf("Ficha"))
    grande = {campo: valor.upper() if campo != "numero" else valor for campo, valor in suyo.items()}
    dice: dict[str, Any] = {
        "mayusculas": {"clave": CLAVE.hex().upper(), "archivos": [grande]},
        "nulos": {"clave": None, "archivos": None},
        "sin_clave": {"archivos": [suyo]},
        "clave_corta": {"clave": "ab", "archivos": [suyo]},
        "de_mas": {"clave": CLAVE.hex(), "archivos": [suyo | {"nombre": "ficha.pdf"}]},
    }[que]
    _presentar(feria, feria.ana, id_, oferta_id, [suyo], dice=dice)
    _abrir(feria, id_, guardas, reloj)
    assert [(o.estado, o.id) for o in sesion.exec(select(Oferta))] == [("vigente", oferta_id)]
    assert sesion.exec(select(OfertaLinea.total)).one() == bs("900.00")
    (abierto,) = _abiertos(sesion)
    assert (abierto.falla, abierto.leido_id is None) == (falla, falla is not None)


def test_lo_que_se_perdio_se_dice(feria: Feria, sesion: Session, reloj: Any) -> None:
    """Its bytes are gone from the store: there is a reason, and nobody waits for ever."""
    guardas = resguardo(feria)
    id_, oferta_id = _publicada(feria), nuevo_id()
    suyo = _subir(feria.ana, id_, oferta_id, 1, un_pdf("Ficha"))
    _presentar(feria, feria.ana, id_, oferta_id, [suyo])
    vaciar_almacen()
    _abrir(feria, id_, guardas, reloj)
    (abierto,) = _abiertos(sesion)
    assert abierto.falla == "El archivo cifrado ya no está guardado: no se puede leer."
    assert abierto.leido_en is not None


def test_subirlo_otra_vez_no_llena_el_almacen(
    feria: Feria, sesion: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is replaced goes at once, unless another has the same bytes; and only so many in an hour."""
    monkeypatch.setattr("feria_inversa.ofertas.archivos.ARCHIVOS_POR_HORA", 5)
    vaciar_almacen()
    id_, oferta_id = _publicada(feria), nuevo_id()
    antes = set(en_disco())
    for contenido in (b"uno", b"dos", b"tres"):
        _subir(feria.ana, id_, oferta_id, 1, contenido)
        assert len(set(en_disco()) - antes) == 1
    iguales = cifrar(CLAVE, "de nadie", b"iguales")
    for numero in (1, 2):
        with transaccion() as otra:
            recibido = Recibido.de_bytes(iguales)
            subir_archivo(otra, feria.ana.actor, id_, feria.ana.id, oferta_id, numero, recibido)
    quedan = set(en_disco()) - antes
    assert len(quedan) == 1
    with pytest.raises(LimiteExcedido):
        _subir(feria.ana, id_, oferta_id, 1, b"seis")
    monkeypatch.setattr("feria_inversa.ofertas.archivos.ARCHIVOS_POR_HORA", 100)
    _subir(feria.ana, id_, oferta_id, 1, b"siete")
    assert set(en_disco()) >= quedan
    assert len(set(en_disco()) - antes) == 2
    with transaccion() as otra:
        recibido = Recibido.de_bytes(iguales[::-1])
        subir_archivo(otra, feria.ana.actor, id_, feria.ana.id, oferta_id, 2, recibido)
        otra.rollback()
    assert set(en_disco()) >= quedan
    assert len(set(en_disco()) - antes) == 2


def test_el_barrido_espera_a_quien_presenta(feria: Feria, sesion: Session, reloj: Any) -> None:
    """What it brings stays, although the sweep comes before its bid is written."""
    id_, oferta_id = _publicada(feria), nuevo_id()
    dicho = _subir(feria.ana, id_, oferta_id, 1, b"de hace un dia")
    _subir(feria.beto, id_, nuevo_id(), 1, b"olvidado")
    reloj.adelantar(timedelta(days=1, seconds=1))
    adjuntos = Adjuntos(CLAVE.hex(), [ArchivoDicho.model_validate(dicho)])
    with transaccion() as otra:
        lineas = [linea(feria.items(id_)[0].id, "90.00")]
        presentar_oferta(otra, feria.ana.actor, id_, feria.ana.id, lineas, id_=oferta_id, adjuntos=adjuntos)
        assert tirar_archivos() == 1
    assert tirar_archivos() == 0
    assert [fila.oferta_id for fila in sesion.exec(select(ArchivoDeOferta))] == [oferta_id]


_LIBRE = text("SELECT 1 FROM feria_convocatoria WHERE id = :id FOR UPDATE SKIP LOCKED")


@pytest.mark.parametrize("en_el_ultimo_minuto", [False, True])
def test_se_dibuja_sin_que_nadie_espere(
    feria: Feria,
    sesion: Session,
    sesion_web: Any,
    reloj: Any,
    monkeypatch: pytest.MonkeyPatch,
    en_el_ultimo_minuto: bool,
) -> None:
    """However long it takes to look at the files, nobody waits for it: the process is not locked. In the last
    minutes the unit is presenting already, and the bid is in time when it came.
    """
    id_, oferta_id = _publicada(feria), nuevo_id()
    if en_el_ultimo_minuto:
        reloj.adelantar(timedelta(days=10, minutes=-1))
    presentando, libre = [], []

    def mirar(recibido: Recibido) -> None:
        with transaccion() as otra:
            presentando.append(not lugar_si_libre(otra, id_, feria.ana.id))
            libre.append(otra.connection().execute(_LIBRE, {"id": id_}).first() is not None)
        exigir_prueba(recibido)

    monkeypatch.setattr("feria_inversa.ofertas.archivos.exigir_prueba", mirar)
    campos = {"unidad_id": str(feria.ana.id), "_id": str(oferta_id), "lineas.1.marca": "Artesanal"}
    campos |= {"lineas.1.precio_unitario": "90", "presentar": "1"}
    ana, ruta = sesion_web(feria.ana.persona), f"/feria/{id_}/ofertar"

    def enviar(contenido: bytes) -> Any:
        return ana.post(ruta, data=campos, files={"archivo_1": ("a.pdf", contenido, "application/pdf")})

    pesada, mala = enviar(b"%PDF-" + bytes(9 * 1024 * 1024)), enviar(b"%PDF-1.7 roto")
    assert (pesada.status_code, "pesa más de 8 MB" in pesada.text) == (422, True)
    assert (mala.status_code, "no se pudo abrir" in mala.text) == (422, True)
    assert "entre todos, menos de 12 MB" in mala.text
    assert (sesion.exec(select(Oferta)).all(), sesion.exec(select(ArchivoDeOferta)).all()) == ([], [])
    assert enviar(un_pdf("Ficha")).status_code == 303
    assert presentando == [en_el_ultimo_minuto] * 2
    assert libre == [not en_el_ultimo_minuto] * 2


def test_lo_retirado_y_lo_reemplazado_quedan_cerrados(feria: Feria, sesion: Session, reloj: Any) -> None:
    guardas = resguardo(feria)
    id_ = _publicada(feria)
    ana, otra, beto = nuevo_id(), nuevo_id(), nuevo_id()
    _presentar(feria, feria.ana, id_, ana, [_subir(feria.ana, id_, ana, 1, un_pdf("Primera"))])
    nueva = [_subir(feria.ana, id_, otra, 1, un_pdf("Segunda"))]
    _presentar(feria, feria.ana, id_, otra, nueva, reemplazar=True)
    _presentar(feria, feria.beto, id_, beto, [_subir(feria.beto, id_, beto, 1, un_pdf("Beto"))])
    with transaccion() as de_beto:
        retirar_oferta(de_beto, feria.beto.actor, beto)
    _abrir(feria, id_, guardas, reloj)
    assert [a.oferta_id for a in _abiertos(sesion)] == [otra]
    assert len(sesion.exec(select(ArchivoDeOferta)).all()) == 3


def test_solo_mientras_recibe_ofertas_y_lo_que_se_pide(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = _publicada(feria)
    with pytest.raises(DatosInvalidos, match="no pide ese documento"):
        _subir(feria.ana, id_, nuevo_id(), 3, b"x")
    with transaccion() as corta, pytest.raises(DatosInvalidos, match="largo que debe"):
        subir_archivo(corta, feria.ana.actor, id_, feria.ana.id, nuevo_id(), 1, Recibido.de_bytes(b"corto"))
    olvidado = nuevo_id()
    _subir(feria.ana, id_, olvidado, 1, b"olvidado")
    assert tirar_archivos() == 0
    reloj.adelantar(timedelta(days=1, seconds=1))
    assert tirar_archivos() == 1
    reloj.adelantar(timedelta(days=9))
    with pytest.raises(OfertaTardia):
        _subir(feria.ana, id_, nuevo_id(), 1, b"tarde")
    assert sesion.exec(select(ArchivoDeOferta)).all() == []


def test_la_base_no_deja_tocar_lo_presentado(feria: Feria, sesion: Session) -> None:
    resguardo(feria)
    id_ = _publicada(feria)
    oferta_id = nuevo_id()
    _presentar(feria, feria.ana, id_, oferta_id, [_subir(feria.ana, id_, oferta_id, 1, b"uno")])
    columnas = "oferta_id, {}, convocatoria_id, unidad_id, archivo_id, subido_por"
    otro = f"INSERT INTO feria_oferta_archivo ({columnas.format('numero')}) SELECT {columnas.format('2')}"
    abierto = "INSERT INTO feria_archivo_abierto (oferta_id, numero, huella, clave) SELECT oferta_id, numero"
    for sentencia, falta in (
        ("DELETE FROM feria_oferta_archivo", "what a bid brought stays"),
        (
            f"{otro} FROM feria_oferta_archivo",
            "what a bid brought stays",
        ),
        (f"{abierto}, repeat('a', 64), decode(repeat('ab', 32), 'hex') FROM feria_oferta_archivo", "closed"),
    ):
        with pytest.raises(IntegrityError, match=falta):
            sesion.connection().execute(text(sentencia))
        sesion.rollback()

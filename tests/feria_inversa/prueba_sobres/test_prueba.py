"""`make prueba-sobres`: from presenting to opening nobody reads a price, whatever they hold; and no bid goes,
comes or changes without its showing.
"""

import base64
import hashlib
import io
import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from constancia import integrar_pendientes
from feria_inversa.apertura.tareas import abrir_sobres
from feria_inversa.llaves import cifrar, llave_de, rellenar, sellar
from feria_inversa.ofertas.archivos import info_de_archivo
from feria_inversa.ofertas.modelos import ArchivoAbierto, Oferta
from feria_inversa.ofertas.ofertas import retirar_oferta
from feria_inversa.ofertas.sobres import info_de
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.esquemas import PedidoEntrada
from feria_inversa.procesos.tareas import cerrar_recepciones
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.dos_sobres.ayudas import dichos_de, en_dos_sobres, lineas_de, puntuar, sellados
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, resguardo
from tests.feria_inversa.prueba_sobres.codificaciones import (
    codificaciones,
    donde,
    lo_guardado,
    segmento_actual,
)

PRECIO = "731594.8263"
SIN_SELLAR = "642817.3951"
"""Another one: what the WAL keeps of a test is there in the next."""
EN_UN_ARCHIVO = "593817.4402"
"""What a document says, written as a price so that it is looked for as one."""

Buscar = Callable[..., list[str]]


@pytest.fixture
def buscar(
    duenio: Engine, servidores: dict[str, Any], _valkey: Any, capfd: Any, carpeta_de_la_corrida: Path
) -> Buscar:
    url = servidores["url_admin"].format(base=servidores["base"])
    carpeta = carpeta_de_la_corrida / servidores["base"]
    desde, dichos = segmento_actual(url), list[str]()

    def en_todo(_momento: str, precio: str = PRECIO) -> list[str]:
        salida = capfd.readouterr()
        dichos.append(salida.out + salida.err)
        guardado = lo_guardado(duenio, url, desde, _valkey, carpeta, "".join(dichos))
        return donde(guardado, codificaciones(precio))

    return en_todo


@pytest.fixture
def guardas(feria: Feria) -> list[Guarda]:
    return resguardo(feria)


def publicada(feria: Feria) -> UUID:
    return feria.publicada(items=[item("Vehículo de doble tracción", "1", "800000.00")]).id


def sellado(
    feria: Feria,
    id_: UUID,
    quien: Parte,
    precio: str = PRECIO,
    *,
    oferta_id: UUID | None = None,
    pedidos: int = 0,
    **mas: Any,
) -> dict[str, Any]:
    """As the bidder's browser does."""
    (pedido,) = feria.items(id_)
    linea = {
        "item_id": str(pedido.id),
        "precio_unitario": {"monto": precio, "moneda": "BOB"},
        "marca": "Una",
        "detalle": "",
        "plazo_dias": 15,
    }
    dicho = json.dumps({"version": 1, "sal": secrets.token_hex(32), "lineas": [linea]} | mas).encode()
    with transaccion() as sesion:
        llave = llave_de(sesion, id_)
        assert llave is not None
        oferta_id = oferta_id or nuevo_id()
        sobre = sellar(llave.publica, info_de(id_, quien.id, oferta_id, 1), rellenar(dicho, 1, pedidos))
    return {
        "id": str(oferta_id),
        "version": 1,
        "sobre": base64.b64encode(sobre).decode(),
        "huella": hashlib.sha256(dicho).hexdigest(),
    }


def test_la_busqueda_encuentra_lo_que_no_esta_sellado(feria: Feria, buscar: Buscar) -> None:
    """The proof proves: where there is no key the price lies in the database and in its WAL."""
    assert buscar("antes", SIN_SELLAR) == []
    id_ = publicada(feria)
    feria.ofertar(feria.ana, id_, [SIN_SELLAR])
    halladas = buscar("en sobre sin llave", SIN_SELLAR)
    assert any(h.startswith("tabla public.feria_sobre") for h in halladas)
    assert any(h.startswith("disco pg_wal") for h in halladas)


def test_nadie_lee_un_precio_antes_de_la_apertura(
    feria: Feria,
    guardas: list[Guarda],
    buscar: Buscar,
    reloj: Any,
    cliente: Any,
    token_de: Callable[..., str],
    sesion_web: Callable[..., Any],
) -> None:
    id_ = publicada(feria)
    ruta = f"/api/v1/convocatorias/{id_}/ofertas"
    cabeceras = {"Authorization": f"Bearer {token_de(feria.ana.persona)}", "Idempotency-Key": "una"}
    # By a program or a browser, with its stored answer; and a late repetition of the same.
    cuerpo = sellado(feria, id_, feria.ana) | {"unidad_id": str(feria.ana.id)}
    hecha = cliente.post(ruta, json=cuerpo, headers=cabeceras)
    assert hecha.status_code == 201, hecha.text
    assert hecha.json()["cantidad_lineas"] is None
    assert cliente.post(ruta, json=cuerpo, headers=cabeceras).headers["idempotency-replayed"] == "true"
    assert buscar("presentada sellada") == []
    # By the form without JavaScript: looked at first, then presented; and a refused one.
    pagina = sesion_web(feria.beto.persona)
    precio = PRECIO.replace(".", ",")
    campos = {"unidad_id": str(feria.beto.id), "lineas.1.precio_unitario": precio, "lineas.1.marca": "Otra"}
    for mas in ({}, {"lineas.1.plazo_dias": "90"}, {"presentar": "1", "_id": str(nuevo_id())}):
        respuesta = pagina.post(f"/feria/{id_}/ofertar", data=campos | mas, follow_redirects=False)
        assert respuesta.status_code in {200, 422}
    assert "Guarde ahora su copia" in respuesta.text  # in that answer only
    entregar_pendientes()
    assert buscar("presentada por la página") == []
    # Replaced, withdrawn, closed, and with all the parts but the one that opens.
    oferta = hecha.json()["id"]
    otra = cliente.put(f"{ruta}/{oferta}", json=sellado(feria, id_, feria.ana), headers=cabeceras)
    assert otra.status_code == 200, otra.text
    with transaccion() as sesion:
        (suya,) = sesion.exec(select(Oferta.id).where(Oferta.unidad_id == feria.beto.id)).all()
        retirar_oferta(sesion, feria.beto.actor, suya)
    assert buscar("reemplazada y retirada") == []
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1
    entregar_pendientes()
    integrar_pendientes()
    assert entregar(guardas[0], id_) is None
    assert buscar("cerrada, con una parte de dos") == []
    reloj.adelantar(timedelta(days=8))
    assert abrir_sobres() == 1
    entregar_pendientes()
    assert buscar("impedida") == []
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert acta.ofertas == 1
    assert any(h.startswith("tabla public.feria_oferta_linea") for h in buscar("abierta"))


ATAQUES = (
    "DELETE FROM feria_oferta",
    "DELETE FROM feria_sobre",
    "UPDATE feria_sobre SET contenido = decode(repeat('00', 2096), 'hex')",
    "UPDATE feria_oferta SET huella = repeat('0', 64)",
    "UPDATE feria_oferta SET huella_sobre = repeat('0', 64)",
    "UPDATE feria_oferta SET unidad_id = gen_random_uuid()",
    "DELETE FROM constancia_hoja",
    "UPDATE constancia_hoja SET contenido = 'x'",
    "INSERT INTO feria_oferta_linea SELECT gen_random_uuid(), o.convocatoria_id, o.id, i.id, 1, 1, 'x', '', "
    "1 FROM feria_oferta o JOIN feria_item i ON i.convocatoria_id = o.convocatoria_id",
)
AGREGAR = (
    "INSERT INTO feria_oferta (id, convocatoria_id, unidad_id, intento, estado, presentada_en, "
    "presentada_por, huella, version) VALUES (gen_random_uuid(), :id, :unidad, 1, 'vigente', nucleo_ahora(), "
    "'nadie', repeat('a', 64), 1)"
)
QUITAR = (
    "UPDATE feria_oferta SET estado = 'retirada', terminada_en = nucleo_ahora() WHERE unidad_id = :unidad"
)


def test_nadie_lee_un_archivo_antes_de_la_apertura(
    feria: Feria,
    guardas: list[Guarda],
    buscar: Buscar,
    reloj: Any,
    cliente: Any,
    token_de: Callable[..., str],
    sesion_web: Callable[..., Any],
) -> None:
    """What a document says lies nowhere until then, whoever encrypted it."""
    id_ = feria.borrador([item("Vehículo de doble tracción", "1", "800000.00")]).id
    with transaccion() as sesion:
        pedir_documentos(sesion, feria.entidad.actor, id_, [PedidoEntrada(nombre="Ficha", subsanable=True)])
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    dicho = f"%PDF-1.7 {EN_UN_ARCHIVO} ".encode() * 40
    clave, oferta_id = secrets.token_bytes(32), nuevo_id()
    ruta = f"/api/v1/convocatorias/{id_}/ofertas"
    cabeceras = {"Authorization": f"Bearer {token_de(feria.ana.persona)}"}
    cifrado = cifrar(clave, info_de_archivo(oferta_id, 1), dicho)
    subido = cliente.put(
        f"{ruta}/{oferta_id}/archivos/1",
        data={"unidad_id": str(feria.ana.id)},
        files={"archivo": ("x", cifrado)},
        headers=cabeceras,
    )
    assert subido.json() == {"numero": 1, "cifrado": hashlib.sha256(cifrado).hexdigest()}
    que_va = {"numero": 1, "cifrado": hashlib.sha256(cifrado).hexdigest()}
    mas = {"clave": clave.hex(), "archivos": [que_va | {"huella": hashlib.sha256(dicho).hexdigest()}]}
    cuerpo = sellado(feria, id_, feria.ana, oferta_id=oferta_id, pedidos=1, **mas)
    cuerpo |= {"unidad_id": str(feria.ana.id), "archivos": [que_va]}
    hecha = cliente.post(ruta, json=cuerpo, headers=cabeceras)
    assert hecha.status_code == 201, hecha.text
    # By the form without JavaScript, which looks whether it can be read.
    foto = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(foto, "PNG", pnginfo=_con_texto(EN_UN_ARCHIVO))
    campos = {"unidad_id": str(feria.beto.id), "lineas.1.precio_unitario": "700000", "lineas.1.marca": "Otra"}
    campos |= {"presentar": "1", "_id": str(nuevo_id())}
    archivo = {"archivo_1": ("f.png", foto.getvalue(), "image/png")}
    respuesta = sesion_web(feria.beto.persona).post(f"/feria/{id_}/ofertar", data=campos, files=archivo)
    assert "Guarde ahora su copia" in respuesta.text
    entregar_pendientes()
    assert buscar("con archivos", EN_UN_ARCHIVO) == []
    reloj.adelantar(timedelta(days=10, seconds=1))
    cerrar_recepciones()
    entregar_pendientes()
    assert buscar("cerrada, con archivos", EN_UN_ARCHIVO) == []
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    entregar_pendientes()
    with transaccion() as sesion:
        leidos = {a.falla is None for a in sesion.exec(select(ArchivoAbierto))}
    assert leidos == {True, False}  # the picture is drawn; what is no PDF is said so


def _con_texto(dicho: str) -> PngInfo:
    texto = PngInfo()
    texto.add_text("Comment", dicho * 40)
    return texto


def test_quitar_anadir_o_alterar_una_oferta_se_nota(
    feria: Feria,
    guardas: list[Guarda],
    sesion: Session,
    reloj: Any,
    cliente: Any,
    token_de: Callable[..., str],
) -> None:
    """As the application's role, with its own SQL."""
    id_ = publicada(feria)
    recibos = {}
    for quien in (feria.ana, feria.beto):
        cuerpo = sellado(feria, id_, quien, "700000.00") | {"unidad_id": str(quien.id)}
        hecha = cliente.post(
            f"/api/v1/convocatorias/{id_}/ofertas",
            json=cuerpo,
            headers={"Authorization": f"Bearer {token_de(quien.persona)}"},
        )
        recibos[quien.id] = hecha.json()
    assert verificar_selladas(sesion) == []
    sesion.rollback()
    for orden in ATAQUES:
        with pytest.raises(DBAPIError):
            sesion.connection().execute(text(orden))
        sesion.rollback()
    # What its role may do before the closing, it may not do unseen: nobody asked for it.
    tercera = feria.crear_parte("Tercera")
    sesion.connection().execute(text(QUITAR), {"unidad": feria.ana.id})
    sesion.connection().execute(text(AGREGAR), {"id": id_, "unidad": tercera.id})
    sesion.commit()
    assert len(verificar_selladas(sesion)) == 2
    sesion.rollback()
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1
    entregar_pendientes()
    integrar_pendientes()
    for orden, quien in ((QUITAR, feria.beto), (AGREGAR, feria.crear_parte("Cuarta"))):
        with pytest.raises(DBAPIError, match="late bid"):
            sesion.connection().execute(text(orden), {"id": id_, "unidad": quien.id})
        sesion.rollback()
    # Her receipt, that anybody can check, is of a bid that the log says was withdrawn, and she did not.
    recibo = recibos[feria.ana.id]
    assert f"|{recibo['huella']}|{recibo['huella_sobre']}|" in recibo["recibo"]
    claves = {c["id"]: c["publica"] for c in cliente.get("/api/v1/constancia/claves").json()["datos"]}
    publica = Ed25519PublicKey.from_public_bytes(bytes.fromhex(claves[recibo["clave"]]))
    publica.verify(bytes.fromhex(recibo["firma"]), recibo["recibo"].encode())
    hojas = sesion.connection().execute(
        text("SELECT contenido FROM constancia_hoja WHERE tipo = 'oferta_sellada' AND objeto = :id"),
        {"id": str(id_)},
    )
    dichas = set(hojas.scalars())
    assert dichas == {
        f"{recibo['huella']}|{recibo['huella_sobre']}|retirada",
        f"{recibos[feria.beto.id]['huella']}|{recibos[feria.beto.id]['huella_sobre']}|vigente",
        f"{'a' * 64}|vigente",
    }
    sesion.rollback()
    # Once they are open, another leaf, or other lines, are not theirs.
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert [(i.huella, i.falla) for i in acta.invalidas] == [("a" * 64, "La oferta no tiene sobre.")]
    sesion.connection().execute(
        text("SELECT constancia_anotar('oferta_sellada', :id, 'otra')"), {"id": str(id_)}
    )
    assert any("una oferta que no hay" in falta for falta in verificar_selladas(sesion))


DE_UN_SOBRE = "528163.9047"
"""The price of who passes, in two envelopes; and of who does not."""
DE_QUIEN_NO_PASA = "417296.5381"
NO_TODAVIA = (
    "UPDATE feria_convocatoria SET estado = 'apertura', abierto_en = nucleo_ahora() WHERE id = :id",
    "UPDATE feria_convocatoria SET estado = 'apertura_economica' WHERE id = :id",
    "UPDATE feria_parte SET entregada_en = nucleo_ahora(), entregada_por = 'x' WHERE numero = 1 AND "
    "llave_id = (SELECT l.id FROM feria_llave l WHERE l.convocatoria_id = :id AND NOT l.tecnica)",
    "INSERT INTO feria_oferta_linea (id, convocatoria_id, oferta_id, item_id, precio_unitario, total, marca, "
    "detalle, plazo_dias) SELECT gen_random_uuid(), o.convocatoria_id, o.id, i.id, 1, 1, 'x', '', 1 "
    "FROM feria_oferta o JOIN feria_item i ON i.convocatoria_id = o.convocatoria_id "
    "WHERE o.convocatoria_id = :id",
    "UPDATE feria_sobre_tecnico SET contenido = 'x'",
    "UPDATE feria_oferta SET huella_tecnica = repeat('0', 64) WHERE convocatoria_id = :id",
)


def test_entre_los_dos_actos_nadie_lee_un_precio(
    feria: Feria,
    guardas: list[Guarda],
    buscar: Buscar,
    reloj: Any,
    cliente: Any,
    sesion: Session,
    token_de: Callable[..., str],
    sesion_web: Callable[..., Any],
) -> None:
    """Two envelopes: the technical part is open, and prices lie nowhere; of who does not pass, never."""
    id_ = en_dos_sobres(feria, pedido=[item("Vehículo de doble tracción", "1", "800000.00")])
    cabeceras = {"Authorization": f"Bearer {token_de(feria.ana.persona)}", "Idempotency-Key": "dos"}
    oferta_id = nuevo_id()
    dichos = dichos_de(lineas_de(feria, id_, DE_UN_SOBRE))
    cuerpo = sellados(id_, feria.ana, *dichos, oferta_id, items=1) | {"unidad_id": str(feria.ana.id)}
    hecha = cliente.post(f"/api/v1/convocatorias/{id_}/ofertas", json=cuerpo, headers=cabeceras)
    assert hecha.status_code == 201, hecha.text
    pagina = sesion_web(feria.beto.persona)
    precio = DE_QUIEN_NO_PASA.replace(".", ",")
    campos = {"unidad_id": str(feria.beto.id), "lineas.1.precio_unitario": precio, "lineas.1.marca": "Otra"}
    de_beto = nuevo_id()
    respuesta = pagina.post(f"/feria/{id_}/ofertar", data=campos | {"presentar": "1", "_id": str(de_beto)})
    assert "Guarde ahora su copia" in respuesta.text
    entregar_pendientes()
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1
    entregar_pendientes()
    integrar_pendientes()
    precios = (DE_UN_SOBRE, DE_QUIEN_NO_PASA)
    assert [buscar("cerrada", precio) for precio in precios] == [[], []]
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    entregar_pendientes()
    publicas = (f"/feria/{id_}", f"/feria/{id_}/acta", f"/api/v1/convocatorias/{id_}")
    assert {cliente.get(ruta).status_code for ruta in publicas} == {200}
    assert [buscar("abierta la parte técnica", precio) for precio in precios] == [[], []]
    # Its role neither reads the envelopes of the prices nor goes on by itself.
    assert sesion.connection().execute(text("SELECT count(*) FROM feria_sobre")).scalar_one() == 0
    sesion.rollback()
    for orden in NO_TODAVIA:
        with pytest.raises(DBAPIError):
            sesion.connection().execute(text(orden), {"id": id_} if ":id" in orden else {})
        sesion.rollback()
    puntuar(feria, id_, {oferta_id: "60", de_beto: "49"})
    entregar(guardas[0], id_)
    entregar_pendientes()
    assert [buscar("calificada, con una parte de dos", precio) for precio in precios] == [[], []]
    entregar(guardas[2], id_)
    entregar_pendientes()
    assert any(h.startswith("tabla public.feria_oferta_linea") for h in buscar("abierta", DE_UN_SOBRE))
    assert buscar("abierta, de quien no pasa", DE_QUIEN_NO_PASA) == []
    assert sesion.connection().execute(text("SELECT count(*) FROM feria_sobre")).scalar_one() == 0

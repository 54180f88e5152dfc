"""A published process changes by versions, and bids wait to be reconfirmed or presented again."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from feria_inversa.actos import actas_de_versiones
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.ofertas.errores import OfertaPorRehacer, OfertaTardia, OfertaTerminada, VersionCambiada
from feria_inversa.ofertas.modelos import Oferta, Reconfirmacion
from feria_inversa.ofertas.reconfirmar import reconfirmar_oferta
from feria_inversa.procesos.convocatorias import cancelar_convocatoria
from feria_inversa.procesos.errores import EstadoNoPermite, FaltaMotivo
from feria_inversa.procesos.esquemas import EnmiendaEntrada
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cancelar_suspendidas
from feria_inversa.procesos.verificar import verificar_versiones
from feria_inversa.procesos.versiones import ampliar, enmendar, reanudar_recepcion, suspender
from feria_inversa.reglas import ModalidadNoCorresponde, PlazoInsuficiente
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora
from tests.ayudas.formularios import como_se_pinta
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.datos_abiertos.ayudas import releases

MOTIVO = "Lo pidieron varios proveedores."
ITEMS = [item("Silla", "10", "100.00"), item("Mesa", "2", "500.00")]


@pytest.fixture
def publicada(feria: Feria) -> tuple[UUID, UUID, UUID]:
    """A call for ten days, with two bids."""
    id_ = feria.publicada(items=ITEMS).id
    return (
        id_,
        feria.ofertar(feria.ana, id_, ["90.00", None]),
        feria.ofertar(feria.beto, id_, ["95.00", None]),
    )


def enmienda(feria: Feria, id_: UUID, **cambios: Any) -> None:
    with transaccion() as sesion:
        enmendar(sesion, feria.entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, **cambios))


def reconfirma(parte: Parte, oferta_id: UUID) -> None:
    with transaccion() as sesion:
        reconfirmar_oferta(sesion, parte.actor, oferta_id)


def abre(feria: Feria, id_: UUID, reloj: Any, dias: int = 10) -> list[str]:
    """Who bid, of the envelopes that were opened."""
    reloj.adelantar(timedelta(days=dias, seconds=1))
    with transaccion() as sesion:
        acta = abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return [o.proveedor for o in acta.detalle]


def proceso(sesion: Session, id_: UUID) -> Convocatoria:
    sesion.rollback()
    sesion.expire_all()
    assert verificar_versiones(sesion) == []
    return sesion.get_one(Convocatoria, id_)


def test_una_enmienda_es_una_version_y_se_reconfirma(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session, reloj: Any, aplicacion: Any
) -> None:
    id_, de_ana, de_beto = publicada
    enmienda(feria, id_, descripcion="Con tapa de madera.", lugar_entrega="Almacén municipal")
    assert (proceso(sesion, id_).versiones, proceso(sesion, id_).pedido_en) == (2, 1)
    (acta,) = actas_de_versiones(sesion, id_)
    dicho = json.loads(acta.contenido)
    assert (acta.numero, acta.version, acta.clase) == (1, 2, "enmienda")
    assert acta.huella == hashlib.sha256(acta.contenido.encode()).hexdigest()
    assert dicho["antes"] == {"descripcion": "Para dos unidades educativas.", "lugar_entrega": ""}
    assert dicho["proceso"]["descripcion"] == "Con tapa de madera."
    assert (dicho["motivo"], len(dicho["proceso"]["items"])) == (MOTIVO, 2)
    reconfirma(feria.ana, de_ana)
    reconfirma(feria.ana, de_ana)
    assert [r.version for r in sesion.exec(select(Reconfirmacion))] == [2]
    sesion.rollback()
    assert abre(feria, id_, reloj) == ["Cooperativa Ana"]
    sesion.rollback()
    sesion.expire_all()
    estados = {o.id: o.estado for o in sesion.exec(select(Oferta))}
    assert estados == {de_ana: "vigente", de_beto: "caducada"}
    sesion.rollback()
    entregar_pendientes()
    asuntos = text("SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u")
    dichos = sesion.connection().execute(asuntos, {"u": feria.beto.id}).scalars().all()
    assert "Su oferta no se abrió: Mobiliario escolar" in dichos


def test_todos_los_que_ofertaron_se_enteran(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session, aplicacion: Any
) -> None:
    id_, de_ana, _de_beto = publicada
    enmienda(feria, id_, descripcion="Con tapa de madera.")
    entregar_pendientes()
    reconfirma(feria.ana, de_ana)
    asuntos = text("SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u")
    for parte in (feria.ana, feria.beto):
        dichos = sesion.connection().execute(asuntos, {"u": parte.id}).scalars().all()
        assert "Cambió una convocatoria en la que ofertó: Mobiliario escolar" in dichos
    dichos = sesion.connection().execute(asuntos, {"u": feria.entidad.id}).scalars().all()
    assert "Cambió una convocatoria: Mobiliario escolar" in dichos


def test_con_otros_items_se_presenta_otra(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session, reloj: Any
) -> None:
    id_, de_ana, _de_beto = publicada
    antes = [i.id for i in feria.items(id_)]
    enmienda(feria, id_, items=[ITEMS[0], item("Mesa", "4", "400.00"), item("Pizarra", "1", "50.00")])
    assert [i.id for i in feria.items(id_)][:2] == antes
    assert [(i.numero, i.cantidad) for i in feria.items(id_)] == [(1, 10), (2, 4), (3, 1)]
    fila = proceso(sesion, id_)
    assert (fila.versiones, fila.pedido_en, fila.monto_referencial) == (2, 2, bs("2650.00"))
    with pytest.raises(OfertaPorRehacer):
        reconfirma(feria.ana, de_ana)
    feria.ofertar(feria.ana, id_, ["80.00", None, "40.00"], reemplazar=True)
    with pytest.raises(VersionCambiada):
        feria.ofertar(feria.beto, id_, ["80.00", None, None], reemplazar=True, version=1)
    assert abre(feria, id_, reloj) == ["Cooperativa Ana"]


def test_se_suspende_y_se_reanuda_con_el_tiempo_que_quedaba(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session, reloj: Any
) -> None:
    id_, de_ana, de_beto = publicada
    with transaccion() as otra:
        suspender(otra, feria.entidad.actor, id_, MOTIVO)
    assert proceso(sesion, id_).estado == "suspendido"
    with pytest.raises(OfertaTardia, match="suspendida"):
        feria.ofertar(feria.beto, id_, ["80.00", None], reemplazar=True)
    with pytest.raises(OfertaTardia, match="suspendida"):
        reconfirma(feria.ana, de_ana)
    reloj.adelantar(timedelta(days=20))
    with pytest.raises(PlazoInsuficiente), transaccion() as otra:
        reanudar_recepcion(otra, feria.entidad.actor, id_, ahora() + timedelta(days=9), MOTIVO)
    with transaccion() as otra:
        reanudar_recepcion(otra, feria.entidad.actor, id_, ahora() + timedelta(days=12), MOTIVO)
    fila = proceso(sesion, id_)
    assert (fila.estado, fila.versiones, fila.sigue_en) == ("publicado", 3, None)
    reconfirma(feria.beto, de_beto)
    assert abre(feria, id_, reloj, 12) == ["Carpintería Beto"]


def test_lo_que_nadie_reanuda_se_cancela(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session, reloj: Any, cliente: Any
) -> None:
    id_, _de_ana, _de_beto = publicada
    with transaccion() as otra:
        suspender(otra, feria.entidad.actor, id_, MOTIVO)
    hasta = proceso(sesion, id_).sigue_en
    sesion.rollback()
    assert hasta is not None
    reloj.situar(hasta - timedelta(minutes=5))
    assert cancelar_suspendidas() == 0
    reloj.situar(hasta)
    with transaccion() as otra, pytest.raises(EstadoNoPermite, match="terminó el"):
        reanudar_recepcion(otra, feria.entidad.actor, id_, hasta + timedelta(days=30), MOTIVO)
    assert (cancelar_suspendidas(), cancelar_suspendidas()) == (1, 0)
    assert proceso(sesion, id_).estado == "cancelado"
    # Nobody says that the entity did what the clock did.
    pagina = cliente.get(f"/feria/{id_}").text
    assert "Esta convocatoria se canceló." in pagina
    assert "La entidad canceló" not in pagina


def test_ampliar_nunca_es_antes_y_da_tiempo_a_reconfirmar(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session, reloj: Any
) -> None:
    id_, _de_ana, _de_beto = publicada
    actor = feria.entidad.actor
    vence_en = proceso(sesion, id_).vence_en
    sesion.rollback()
    assert vence_en is not None
    for cuando in (vence_en, vence_en - timedelta(days=1), ahora() + timedelta(days=181)):
        with pytest.raises(PlazoInsuficiente), transaccion() as otra:
            ampliar(otra, actor, id_, cuando, MOTIVO)
    with pytest.raises(FaltaMotivo), transaccion() as otra:
        ampliar(otra, actor, id_, vence_en + timedelta(days=3), "corto")
    with transaccion() as otra:
        ampliar(otra, actor, id_, vence_en + timedelta(days=3), MOTIVO)
    reloj.situar(vence_en + timedelta(days=3) - timedelta(minutes=5))
    with pytest.raises(PlazoInsuficiente, match="reconfirmar"):
        enmienda(feria, id_, descripcion="A última hora.")
    reloj.adelantar(timedelta(minutes=6))
    with pytest.raises(EstadoNoPermite):
        enmienda(feria, id_, descripcion="Ya cerró.")
    assert proceso(sesion, id_).versiones == 2


def test_lo_que_no_se_enmienda(feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session) -> None:
    id_, _de_ana, _de_beto = publicada
    with pytest.raises(DatosInvalidos, match="No cambió nada"):
        enmienda(feria, id_, titulo="Mobiliario escolar", items=ITEMS)
    with pytest.raises(ModalidadNoCorresponde):
        enmienda(feria, id_, items=[item("Silla", "10", "9000000.00"), ITEMS[1]])
    with pytest.raises(DatosInvalidos, match="no se quitan"):
        enmienda(feria, id_, items=[])
    with transaccion() as otra:
        cancelar_convocatoria(otra, feria.entidad.actor, id_, MOTIVO)
    with pytest.raises(EstadoNoPermite):
        enmienda(feria, id_, descripcion="Tarde.")
    assert proceso(sesion, id_).versiones == 1


def test_una_oferta_retirada_no_se_reconfirma(feria: Feria, publicada: tuple[UUID, UUID, UUID]) -> None:
    id_, de_ana, _de_beto = publicada
    nueva = feria.ofertar(feria.ana, id_, ["85.00", None], reemplazar=True)
    enmienda(feria, id_, descripcion="Con tapa de madera.")
    with pytest.raises(OfertaTerminada):
        reconfirma(feria.ana, de_ana)
    reconfirma(feria.ana, nueva)


@pytest.mark.parametrize(
    ("sentencia", "falta"),
    [
        ("UPDATE feria_convocatoria SET titulo = 'Otro título'", "changes by versions"),
        ("UPDATE feria_convocatoria SET versiones = 3, titulo = 'Otro título'", "changes by versions"),
        (
            "UPDATE feria_convocatoria SET versiones = 2, vence_en = vence_en - interval '1 day'",
            "changes by versions",
        ),
        ("UPDATE feria_convocatoria SET estado = 'suspendido', sigue_en = now()", "changes by versions"),
        ("UPDATE feria_convocatoria SET versiones = 2, titulo = 'Otro título'", "without its act"),
        ("DELETE FROM feria_item", "do not change"),
        (
            "INSERT INTO feria_reconfirmacion SELECT id, 2, nucleo_ahora(), 'nadie' FROM feria_oferta",
            "reconfirmed in time",
        ),
        ("UPDATE feria_oferta SET estado = 'caducada', terminada_en = nucleo_ahora()", "late bid"),
        ("UPDATE feria_oferta SET version = 2", "permission denied"),
    ],
)
def test_la_aplicacion_no_puede(
    sentencia: str, falta: str, publicada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    sesion.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(DBAPIError, match=falta):
        sesion.connection().execute(text(sentencia))
    sesion.rollback()


def test_los_datos_abiertos_dicen_cada_cambio(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion: Session
) -> None:
    id_, _de_ana, _de_beto = publicada
    (primera,) = (r.contenido for r in releases(sesion))
    sesion.rollback()
    enmienda(feria, id_, descripcion="Con tapa de madera.")
    antes, despues = releases(sesion)
    assert antes.contenido == primera
    assert "amendments" not in json.loads(primera)["tender"]
    assert despues.etiquetas == ["tenderAmendment"]
    (una,) = json.loads(despues.contenido)["tender"]["amendments"]
    assert (una["description"], una["rationale"]) == ("Enmienda", MOTIVO)


def test_por_las_paginas(
    feria: Feria, publicada: tuple[UUID, UUID, UUID], sesion_web: Any, cliente: Any, sesion: Session
) -> None:
    id_, de_ana, _de_beto = publicada
    entidad, ana = sesion_web(feria.entidad.persona), sesion_web(feria.ana.persona)
    base = f"/compras/{id_}"
    assert f"{base}/cambios" in entidad.get(base).text
    assert "Ampliar el plazo" in entidad.get(f"{base}/cambios").text
    texto = {"titulo": "Mobiliario para la escuela", "descripcion": "", "lugar_entrega": "", "motivo": MOTIVO}
    assert entidad.post(f"{base}/enmiendas", data=texto).status_code == 422
    texto |= {"plazo_entrega_dias": "30"}
    assert entidad.post(f"{base}/enmiendas", data=texto).status_code == 303
    (una,) = cliente.get(f"/api/v1/convocatorias/{id_}/versiones").json()
    assert (una["version"], una["clase"], una["cambio"]) == (2, "enmienda", ["titulo", "descripcion"])
    publica = cliente.get(f"/feria/{id_}").text
    assert "Cambió: título, descripción" in publica
    assert MOTIVO in publica
    assert "La convocatoria cambió" in ana.get(f"/feria/{id_}").text
    assert "Reconfirmar mi oferta" in ana.get(f"/ofertas/{de_ana}").text
    assert ana.post(f"/ofertas/{de_ana}/reconfirmacion").status_code == 303
    assert "Reconfirmar mi oferta" not in ana.get(f"/ofertas/{de_ana}").text
    nuevo = {
        "_de": "item",
        "numero": "0",
        "descripcion": "Pizarra",
        "cantidad": "1",
        "unidad_medida": "pieza",
        "precio_referencial": "50,00",
        "motivo": MOTIVO,
    }
    revise = entidad.post(f"{base}/enmiendas/items", data=nuevo)
    assert (revise.status_code, "Así cambia" in revise.text) == (200, True)
    assert len(feria.items(id_)) == 2
    publica = como_se_pinta(revise.text, f"{base}/enmiendas/items") | {"publicar": "1"}
    assert entidad.post(f"{base}/enmiendas/items", data=publica).status_code == 303
    assert [i.descripcion for i in feria.items(id_)] == ["Silla", "Mesa", "Pizarra"]
    assert "presente otra oferta" in ana.get(f"/ofertas/{de_ana}").text
    assert entidad.post(f"{base}/suspension", data={"motivo": MOTIVO}).status_code == 303
    assert "La entidad suspendió esta convocatoria." in cliente.get(f"/feria/{id_}").text
    assert "Reanudar la convocatoria" in entidad.get(f"{base}/cambios").text
    cierre = {"vence_en": "2020-01-01T16:00", "motivo": MOTIVO}
    assert entidad.post(f"{base}/reanudacion", data=cierre).status_code == 422
    assert "Reanudarla" in entidad.get(base).text
    assert proceso(sesion, id_).versiones == 4


def test_se_enmienda_un_item_y_no_cambia_lo_que_nadie_toca(feria: Feria, sesion_web: Any) -> None:
    """The form brings the item as it is, and what changes of it is looked at before it is published."""
    papa = item("Papa imilla", "30", "180.00", "quintal", unspsc="50406000")
    id_ = feria.publicada(items=[ITEMS[0], papa]).id
    entidad, base = sesion_web(feria.entidad.persona), f"/compras/{id_}"
    accion = f"{base}/enmiendas/items"
    elegir = entidad.get(f"{base}/cambios").text
    assert f"{base}/cambios?item=2#enmendar-item" in elegir
    assert accion not in elegir
    datos = como_se_pinta(entidad.get(f"{base}/cambios?item=2").text, accion)
    assert (datos["numero"], datos["unidad_medida"], datos["unspsc"]) == ("2", "quintal", "50406000")
    igual = entidad.post(accion, data=datos | {"motivo": MOTIVO})
    assert (igual.status_code, "No cambió nada" in igual.text) == (422, True)
    for campo in ("numero", "cantidad", "precio_referencial", "lote"):
        for cifras in (13, 5000):
            enorme = datos | {"motivo": MOTIVO, "publicar": "1", campo: "9" * cifras}
            assert entidad.post(accion, data=enorme).status_code == 422, campo
    manana = f"{ahora() + timedelta(days=1):%Y-%m-%dT16:00}"
    cerca = {"motivo": MOTIVO, "descripcion": "Papa", "publicar": "1", "vence_en": manana}
    pronto = lxml.html.fromstring(entidad.post(accion, data=datos | cerca).text)
    assert (
        "El cierre no puede ser antes" in pronto.cssselect("[name=vence_en]")[-1].getparent().text_content()
    )
    revise = entidad.post(accion, data=datos | {"motivo": MOTIVO, "descripcion": "Papa imilla, lavada"})
    (fila,) = lxml.html.fromstring(revise.text).cssselect("#enmendar-item ~ table tbody tr")
    assert [celda.text_content() for celda in fila] == ["Descripción", "Papa imilla", "Papa imilla, lavada"]
    assert (
        entidad.post(accion, data=como_se_pinta(revise.text, accion) | {"publicar": "1"}).status_code == 303
    )
    quedo = feria.items(id_)[1]
    assert (quedo.descripcion, quedo.unidad_medida, quedo.unspsc) == (
        "Papa imilla, lavada",
        "quintal",
        "50406000",
    )
    uno_mas = como_se_pinta(entidad.get(f"{base}/cambios?item=0").text, accion)
    assert (uno_mas["numero"], uno_mas["unidad_medida"]) == ("0", "")

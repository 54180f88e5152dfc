"""Numbers that a shop's systems follow: told once of what came together; one not there yet waits."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from envios.eventos import AccionIntento, EventoNuevo, Fuente, Motivo, registrar_eventos
from envios.items.identificadores import agregar_identificador
from envios.items.modelos import Envio
from envios.seguimiento import rastreadores
from envios.seguimiento.modelos import Rastreador
from envios.seguimiento.tareas import revisar_rastreadores
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.modelos import MensajeWebhook
from nucleo.webhooks import suscribir
from tests.envios.conftest import Reparto


@pytest.fixture
def como(cliente: Any, token_de: Any, reparto: Reparto) -> Any:
    """The shop's systems: they hear everything and ask by API."""
    with transaccion() as sesion:
        suscribir(sesion, reparto.tienda_id, "https://tienda.example/avisos", [])

    def pedir(metodo: str, ruta: str, cuerpo: Any = None, quien: Any = None) -> Any:
        cabeceras = {"Authorization": f"Bearer {token_de(quien or reparto.vendedora)}"}
        return cliente.request(metodo, f"/api/v1/rastreadores{ruta}", json=cuerpo, headers=cabeceras)

    return pedir


def pasos(reparto: Reparto, *nuevos: EventoNuevo) -> None:
    with transaccion() as sesion:
        actor = reparto.actor(reparto.cartero)
        for hecho in registrar_eventos(sesion, actor, reparto.correos_id, nuevos, Fuente.LOTE):
            assert hecho.error is None


def dichos(sesion: Session) -> list[tuple[str, str | None]]:
    """Type and state of the item, of each message, in the order in which they were queued."""
    sesion.rollback()
    mensajes = sesion.exec(select(MensajeWebhook).order_by(MensajeWebhook.id)).all()
    datos = [(m.tipo, json.loads(bytes(m.cuerpo))["data"]) for m in mensajes]
    return [(tipo, d["seguimiento"] and d["seguimiento"]["estado"]) for tipo, d in datos]


def nuevo(reparto: Reparto, numero: str, **mas: Any) -> dict[str, Any]:
    return {"unidad_id": str(reparto.tienda_id), "numero": numero} | mas


def fallido(envio: Envio) -> EventoNuevo:
    return EventoNuevo(
        "EMH", envio.id, motivo=Motivo.DESTINATARIO_AUSENTE, accion=AccionIntento.NUEVO_INTENTO
    )


def test_seguir_hasta_el_fin(reparto: Reparto, como: Any, sesion: Session, reloj: Any) -> None:
    envio = reparto.enviar()
    creado = como("POST", "", nuevo(reparto, f" {envio.numero.lower()} "))
    assert creado.status_code == 201, creado.text
    cuerpo = creado.json()
    assert (cuerpo["estado"], cuerpo["numero"], cuerpo["seguimiento"]["estado"]) == (
        "siguiendo",
        envio.numero,
        "anunciado",
    )
    assert creado.headers["location"] == f"/api/v1/rastreadores/{cuerpo['id']}"
    otra_vez = como("POST", "", nuevo(reparto, envio.numero))
    assert (otra_vez.status_code, otra_vez.json()["id"]) == (200, cuerpo["id"])
    assert dichos(sesion) == [("rastreador.creado", "anunciado")]
    assert revisar_rastreadores() == 0

    # five late scans in a batch are one message, of the last state
    pasos(reparto, *(EventoNuevo(c, envio.id) for c in ("EMA", "EMB", "EMC", "EMD", "EDG")))
    assert [revisar_rastreadores(), revisar_rastreadores()] == [1, 0]
    pasos(reparto, fallido(envio))
    revisar_rastreadores()
    pasos(reparto, EventoNuevo("EMI", envio.id, codigo_entrega=envio.codigo_entrega))
    revisar_rastreadores()
    assert dichos(sesion)[1:] == [
        ("rastreador.actualizado", "en_reparto"),
        ("rastreador.excepcion", "intento_fallido"),
        ("rastreador.actualizado", "entregado"),
    ]
    reloj.adelantar(timedelta(days=8))
    assert [revisar_rastreadores(), revisar_rastreadores()] == [1, 0]
    assert como("GET", f"/{cuerpo['id']}").json()["estado"] == "terminado"
    assert len(dichos(sesion)) == 4
    assert como("POST", "", nuevo(reparto, envio.numero)).status_code == 201  # ended: it may begin again


def test_un_numero_que_aun_no_existe_espera(reparto: Reparto, como: Any, sesion: Session, reloj: Any) -> None:
    espera = como("POST", "", nuevo(reparto, "GUIA-77"))
    assert (espera.status_code, espera.json()["estado"], espera.json()["seguimiento"]) == (
        201,
        "esperando",
        None,
    )
    revisar_rastreadores()
    assert dichos(sesion) == [("rastreador.creado", None)]
    (mensaje,) = sesion.exec(select(MensajeWebhook)).all()
    assert json.loads(bytes(mensaje.cuerpo))["data"]["numero"] == espera.json()["numero"] == "GUIA-77"
    envio = reparto.enviar()
    with transaccion() as propia:
        agregar_identificador(propia, reparto.actor(reparto.cartero), envio.id, "guía-77".replace("í", "i"))
    revisar_rastreadores()
    assert dichos(sesion)[1:] == [("rastreador.actualizado", "anunciado")]
    nunca = como("POST", "", nuevo(reparto, "NUNCA-1")).json()["id"]
    reloj.adelantar(timedelta(days=31))
    revisar_rastreadores()
    assert como("GET", f"/{nunca}").json()["estado"] == "terminado"


def test_solo_lo_publico_a_quien_no_es_parte(
    reparto: Reparto, como: Any, sesion: Session, crear_unidad: Any, crear_persona: Any
) -> None:
    envio, otra = reparto.enviar(), crear_persona("Olga")
    ajena = crear_unidad("Otra tienda", representante=otra)
    with transaccion() as propia:
        suscribir(propia, ajena.id, "https://otra.example/avisos", ["rastreador.creado"])
    pasos(reparto, EventoNuevo("EDG", envio.id, lugar="Casa azul frente a la plaza"))
    hecho = como("POST", "", nuevo(reparto, envio.numero) | {"unidad_id": str(ajena.id)}, otra)
    assert hecho.status_code == 201
    assert "Casa azul" not in hecho.text
    assert "Casa azul" in como("POST", "", nuevo(reparto, envio.numero)).text
    sesion.rollback()
    cuerpos = [
        bytes(m.cuerpo).decode() for m in sesion.exec(select(MensajeWebhook).order_by(MensajeWebhook.id))
    ]
    assert ["Casa azul" in c for c in cuerpos] == [False, True]
    for dato in ("Ana Prueba", "70000001", "Una chompa"):
        assert dato not in "".join(cuerpos)


def test_lo_que_no_se_puede_seguir(
    reparto: Reparto, como: Any, sesion: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert como("POST", "", nuevo(reparto, "RR473124820BO")).json()["codigo"] == "numero_s10_invalido"
    nada = como("POST", "", nuevo(reparto, "hola"))
    assert (nada.status_code, nada.json()["campos"]["numero"][:25]) == (422, "Eso no es un número de en")
    assert como("POST", "", nuevo(reparto, "A-100"), reparto.ana).status_code == 403
    monkeypatch.setattr(rastreadores, "POR_UNIDAD", 1)
    id = como("POST", "", nuevo(reparto, "A-100")).json()["id"]
    lleno = como("POST", "", nuevo(reparto, "A-101"))
    assert (lleno.status_code, lleno.json()["codigo"]) == (409, "demasiados_rastreadores")
    assert como("GET", f"/{id}", quien=reparto.ana).status_code == 404
    assert como("DELETE", f"/{id}", quien=reparto.ana).status_code == 404
    assert [como("DELETE", f"/{id}").status_code for _vez in range(2)] == [204, 204]
    assert como("POST", "", nuevo(reparto, "A-101")).status_code == 201
    assert [r["numero"] for r in como("GET", f"?unidad={reparto.tienda_id}").json()["datos"]] == [
        "A-101",
        "A-100",
    ]
    sesion.rollback()
    assert len(sesion.exec(select(Rastreador)).all()) == 2


def test_la_base_no_deja_dos_del_mismo_numero(reparto: Reparto, como: Any, sesion: Session) -> None:
    como("POST", "", nuevo(reparto, "A-100"))
    viva = sesion.exec(select(Rastreador)).one()
    copia = Rastreador(**viva.model_dump() | {"id": nuevo_id()})
    with pytest.raises(IntegrityError, match="uq_envios_rastreador_vivo"), sesion.begin_nested():
        sesion.add(copia)


def test_la_tienda_los_lleva_por_pagina(reparto: Reparto, sesion_web: Any, sesion: Session) -> None:
    """List, follow, try and stop; and how the webhooks fared."""
    envio, navegador = reparto.enviar(), sesion_web(reparto.vendedora)
    ruta = "/envios/rastreadores"
    assert sesion_web(reparto.ana).get(ruta).status_code == 403
    vacia = navegador.get(ruta).text
    assert "Ningún sistema de la unidad recibe estos avisos" in vacia
    assert "Todavía no se sigue ninguno" in vacia
    mal = navegador.post(ruta, data={"unidad": str(reparto.tienda_id), "numero": "RR473124820BO"})
    assert (mal.status_code, 'id="numero-error"' in mal.text or "dígito" in mal.text) == (422, True)
    assert navegador.post(ruta, data={"unidad": "x" * 36, "numero": envio.numero}).status_code == 422
    for _vez in range(2):
        hecho = navegador.post(ruta, data={"unidad": str(reparto.tienda_id), "numero": envio.numero})
        assert hecho.headers["location"] == f"{ruta}?unidad={reparto.tienda_id}"
    (fila,) = sesion.exec(select(Rastreador)).all()
    una = f"{ruta}/{fila.id}"
    assert f"{una}/prueba" not in navegador.get(ruta).text
    nadie = navegador.post(f"{una}/prueba", data={"_id": str(nuevo_id())})
    assert (nadie.status_code, "Agregue en su unidad un webhook" in nadie.text) == (409, True)
    assert dichos(sesion) == []
    with transaccion() as otra:
        suscribir(otra, reparto.tienda_id, "https://tienda.example/avisos", ["rastreador.actualizado"])
        suscribir(otra, reparto.tienda_id, "https://tienda.example/pagos", ["orden.pagada"])
    assert navegador.post(f"{una}/prueba", data={"_id": str(nuevo_id())}).status_code == 303
    assert dichos(sesion) == [("rastreador.actualizado", "anunciado")]
    lista = navegador.get(ruta)
    for parte in (f"/seguimiento/{envio.numero}", "Se sigue", "rastreador.actualizado", "Por enviar"):
        assert parte in lista.text, parte
    assert len(lista.content) < 60_000
    for paso in ("prueba", "fin"):
        assert sesion_web(reparto.ana).post(f"{una}/{paso}", data={"_id": str(nuevo_id())}).status_code == 404
    for _vez in range(2):
        assert navegador.post(f"{una}/fin", data={"_id": str(nuevo_id())}).status_code == 303
    assert "Ya no se sigue" in navegador.get(ruta).text
    terminado = navegador.post(f"{una}/prueba", data={"_id": str(nuevo_id())})
    assert (terminado.status_code, len(dichos(sesion))) == (409, 1)

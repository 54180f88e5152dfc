"""Who sent over a counter and has no account claims there, with the same clock, and is paid there."""

from datetime import timedelta
from typing import Any

import pypdfium2
from sqlmodel import select

from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad, exigir_facultad, parte_tercera
from envios.deudas import deudas_de_envio
from envios.eventos.tareas import revisar_vencidos
from envios.items.anunciar import crear_envio
from envios.items.modelos import Envio
from envios.reclamos.consultas import reclamos_del_envio
from envios.reclamos.estados import EstadoReclamo
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.envios.reclamos.conftest import RELATO, Mesa
from tests.envios.reclamos.test_web import limpio


def de_mostrador(mesa: Mesa) -> Envio:
    """Basilia brought it, without an account, and it has had no news for 30 days."""
    with transaccion() as sesion:
        autorizacion = exigir_facultad(
            sesion, mesa.actor(mesa.reparto.cartero), mesa.reparto.correos_id, Facultad.DESPACHAR
        )
        quien = parte_tercera(sesion, "Basilia Quispe", "+59171000001", "1234567").id
        datos = mesa.reparto.datos(sesion) | {"remitente_parte_id": quien, "referencia_id": None}
        envio = crear_envio(sesion, autorizacion, **datos)
    mesa.evento(envio, "EMA")
    mesa.reloj.adelantar(timedelta(days=30, minutes=1))
    revisar_vencidos()
    return envio


def test_reclama_en_el_mostrador_y_sigue_su_reclamo_sin_cuenta(
    mesa: Mesa, sesion_web: Any, cliente: Any
) -> None:
    envio = de_mostrador(mesa)
    ruta, publica = f"/envios/{envio.id}/reclamar", f"/seguimiento/{envio.numero}/reclamos"
    assert "Nadie reclamó por este envío" in limpio(cliente.get(publica).text)
    cartero = sesion_web(mesa.reparto.cartero)
    assert ruta in cartero.get(f"/envios/operador/{envio.id}").text
    for parte in ("Basilia Quispe no tiene cuenta", "lo cobra en ventanilla, con su carnet"):
        assert parte in limpio(cartero.get(ruta).text)
    assert sesion_web(mesa.reparto.ana).get(ruta).status_code == 403  # who receives it
    assert sesion_web(mesa.reparto.vendedora).get(ruta).status_code == 404
    datos = {"clase": "perdida", "pedido": "120", "relato": RELATO, "_id": str(nuevo_id())}
    hecho = cartero.post(ruta, data=datos)
    with transaccion() as sesion:
        (reclamo,) = reclamos_del_envio(sesion, envio.id)
    assert (reclamo.estado, reclamo.reclamante_parte_id) == ("presentado", envio.remitente_parte_id)
    una = f"/envios/reclamos/{reclamo.id}"
    assert hecho.headers["location"] == una
    pagina = cartero.get(una).text
    assert "Basilia Quispe (lo anotó Correos con jefa)" in limpio(pagina)
    papel = cartero.get(f"{una}/constancia.pdf")
    assert papel.headers["content-type"] == "application/pdf"
    dice = " ".join(pypdfium2.PdfDocument(papel.content)[0].get_textpage().get_text_bounded().split())
    assert f"Qué pasó: {RELATO}" in dice
    assert f"/seguimiento/{envio.numero}/reclamos" in dice
    sigue = limpio(cliente.get(publica).text)
    assert "El operador tiene hasta el" in sigue
    assert "Presentado Se reclamó el" in sigue
    for privado in ("Basilia", "71000001", "120", RELATO):
        assert privado not in sigue

    # The operator answers; who claimed comes back, and its own counter takes it to the authority.
    jefa, autoridad = sesion_web(mesa.jefa), sesion_web(mesa.autoridad)
    negado = {"motivos": "Se entregó a su vecino.", "_id": str(nuevo_id())}
    assert jefa.post(f"{una}/respuesta", data=negado).status_code == 303
    with transaccion() as sesion:
        cuerpos = " ".join(sesion.exec(select(Notificacion.cuerpo)).all())
    assert "Avise a quien reclamó en el mostrador: Basilia Quispe, +59171000001." in cuerpos
    assert cartero.post(f"{una}/conformidad", data={"_id": str(nuevo_id())}).status_code == 403
    assert cartero.post(f"{una}/retiro", data={"_id": str(nuevo_id())}).status_code == 403
    motivos = {"motivos": "No tengo vecinos.", "_id": str(nuevo_id())}
    assert cartero.post(f"{una}/impugnacion", data=motivos).status_code == 303
    assert "La autoridad tiene hasta el" in limpio(cliente.get(publica).text)
    resuelve = {"motivos": "No consta.", "contenido": "120", "_id": str(nuevo_id())}
    assert autoridad.post(f"{una}/resolucion", data=resuelve).status_code == 303
    assert mesa.leer(reclamo.id).estado == EstadoReclamo.RESUELTO
    assert mesa.debe(reclamo.id) == "120.00"
    with transaccion() as sesion:
        (deuda,) = deudas_de_envio(sesion, envio.id)
    assert (deuda.en_ventanilla, f"{deuda.debe.amount:.2f}") == (True, "120.00")
    mesa.comprobar()


def test_de_quien_tiene_cuenta_no_reclama_el_mostrador(mesa: Mesa, sesion_web: Any) -> None:
    envio = mesa.perdido()
    cartero = sesion_web(mesa.reparto.cartero)
    assert f"/envios/{envio.id}/reclamar" not in cartero.get(f"/envios/operador/{envio.id}").text
    datos = {"clase": "perdida", "pedido": "120", "relato": RELATO, "_id": str(nuevo_id())}
    assert cartero.post(f"/envios/{envio.id}/reclamar", data=datos).status_code == 403
    with transaccion() as sesion:
        assert list(reclamos_del_envio(sesion, envio.id)) == []

"""The pages: what may be claimed and until when, the trays, the page that all sides share."""

import re
from datetime import timedelta
from typing import Any

from envios.reclamos.consultas import reclamos_del_envio
from envios.reclamos.estados import ClaseReclamo, EstadoReclamo
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.envios.reclamos.conftest import RELATO, Mesa
from tests.nucleo.archivos.ayudas import png


def limpio(texto: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", texto).split())


def test_de_la_pagina_del_envio_al_reclamo(mesa: Mesa, sesion_web: Any, cliente: Any) -> None:
    envio = mesa.admitido()
    tienda = sesion_web(mesa.reparto.vendedora)
    assert f"/envios/{envio.id}/reclamar" in tienda.get(f"/seguimiento/{envio.numero}").text
    ruta = f"/envios/{envio.id}/reclamar"
    antes = limpio(tienda.get(ruta).text)
    assert "Por ahora no hay nada que reclamar" in antes
    assert "se puede reclamar la pérdida después del" in antes
    assert "15 días hábiles" in antes
    for quien in (mesa.reparto.ana, mesa.reparto.cartero):
        assert sesion_web(quien).get(ruta).status_code == 403
    assert sesion_web(mesa.reparto.ajeno).get(ruta).status_code == 404

    mesa.reloj.adelantar(timedelta(days=30, minutes=1))
    tienda = sesion_web(mesa.reparto.vendedora)
    corto = tienda.post(ruta, data={"clase": "perdida", "relato": "No.", "_id": str(nuevo_id())})
    assert corto.status_code == 422
    assert "Cuente qué pasó" in corto.text
    assert "Escriba cuánto valía" in corto.text
    datos = {"clase": "perdida", "pedido": "250,50", "relato": RELATO, "_id": str(nuevo_id())}
    hecho = tienda.post(ruta, data=datos, files={"foto": ("f.png", png(), "image/png")})
    with transaccion() as sesion:
        (reclamo,) = reclamos_del_envio(sesion, envio.id)
    assert (hecho.status_code, hecho.headers["location"]) == (303, f"/envios/reclamos/{reclamo.id}")
    pagina = tienda.get(f"/envios/reclamos/{reclamo.id}").text
    assert "Bs 250,50" in limpio(pagina)
    foto = re.search(r'src="(/envios/reclamos/[^"]+/fotos/[^"]+)"', pagina)
    assert foto is not None
    assert tienda.get(foto[1]).headers["content-type"] == "image/jpeg"
    assert sesion_web(mesa.reparto.ana).get(foto[1]).status_code == 404
    assert cliente.get(foto[1]).status_code in (303, 401)
    assert "Pérdida" in tienda.get("/envios/reclamos").text


def test_el_operador_responde_y_la_autoridad_resuelve(mesa: Mesa, sesion_web: Any, suspender: Any) -> None:
    reclamo = mesa.presentar(mesa.entregado(), ClaseReclamo.DANO, pedido="200")
    suspender(mesa.reparto.correos_id)  # it answers all the same: its silence would be decided against it
    ruta = f"/envios/reclamos/{reclamo}"
    jefa, autoridad = sesion_web(mesa.jefa), sesion_web(mesa.autoridad)
    tienda = sesion_web(mesa.reparto.vendedora)
    bandeja = jefa.get("/envios/operador/reclamos").text
    assert str(reclamo) in bandeja
    assert "Aceptarlo es pagar Bs 200,00." in limpio(jefa.get(ruta).text)
    assert "Aceptarlo es pagar" not in sesion_web(mesa.reparto.cartero).get(ruta).text
    assert autoridad.get(ruta).status_code == 404
    datos = {"motivos": "Venía mal embalado.", "ofrece": "50", "_id": str(nuevo_id())}
    assert jefa.post(f"{ruta}/respuesta", data=datos).status_code == 303
    assert "El operador ofrece Bs 50,00." in limpio(tienda.get(ruta).text)
    datos = {"motivos": "El embalaje era nuevo.", "_id": str(nuevo_id())}
    assert tienda.post(f"{ruta}/impugnacion", data=datos).status_code == 303
    assert str(reclamo) in autoridad.get("/regulador/envios").text
    datos = {"motivos": "Consta.", "contenido": "150", "_id": str(nuevo_id())}
    assert autoridad.post(f"{ruta}/resolucion", data=datos).status_code == 303
    assert mesa.leer(reclamo).estado == EstadoReclamo.RESUELTO
    assert "El operador debe Bs 150,00" in limpio(tienda.get(ruta).text)
    assert "La autoridad: se pagan Bs 150,00" in limpio(jefa.get(ruta).text)

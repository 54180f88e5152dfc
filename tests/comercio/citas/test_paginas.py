"""What both sides see of an appointment, without JavaScript, and the API."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from comercio.agenda import DatosDeAgenda, cambiar_agenda
from nucleo.bd import transaccion
from nucleo.reloj import ZONA, fecha_bolivia
from tests.comercio.citas.conftest import TODOS_LOS_DIAS, Peluqueria
from tests.comercio.test_web import oculto

Leer = Callable[..., list[tuple[Any, ...]]]


def _llano(pagina: str) -> str:
    """The text of a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", pagina).replace("\xa0", " ").split())


def _oculto(pagina: str, nombre: str) -> str:
    hallado = re.search(rf'name="{nombre}" value="([^"]+)"', pagina)
    assert hallado
    return hallado[1]


_cuando = datetime.fromisoformat


def _local(inicio: Any) -> str:
    escrito: str = inicio.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
    return escrito


def test_quien_vende_abre_su_agenda(
    peluqueria: Peluqueria, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    vende = sesion_web(peluqueria.mercado.vendedor)
    nueva = vende.get("/vender/agendas/nueva").text
    assert "9:00-12:00, 14:30-18:30" in nueva
    datos = {"_id": _oculto(nueva, "_id"), "unidad_id": _oculto(nueva, "unidad_id"), "nombre": "Taller"}
    datos |= {
        "lugar": "Calle Sucre 12, Tarabuco",
        "capacidad": "3",
        "dias_de_aviso": "0",
        "horario.sabado": "de 9 a 11",
    }
    mala = vende.post("/vender/agendas/nueva", data=datos | {"horario.sabado": "temprano"})
    assert (mala.status_code, "Escriba las horas como" in mala.text) == (422, True)
    hecha = vende.post("/vender/agendas/nueva", data=datos)
    assert vende.post("/vender/agendas/nueva", data=datos).headers["location"] == hecha.headers["location"]
    assert leer(
        "SELECT a.nombre, a.lugar, a.capacidad, h.dia, h.abre_min, h.cierra_min FROM comercio_agenda a"
        " JOIN comercio_agenda_horario h ON h.agenda_id = a.id WHERE a.nombre = 'Taller'"
    ) == [("Taller", "Calle Sucre 12, Tarabuco", 3, 6, 540, 660)]
    agenda = hecha.headers["location"].split("?")[0]
    pagina = vende.get(agenda)
    assert "Corte de cabello" in pagina.text
    servicio = {"variante_id": str(peluqueria.variante_id), "duracion_min": "5"}
    assert vende.post(f"{agenda}/servicios", data=servicio).status_code == 422
    assert vende.post(f"{agenda}/servicios", data=servicio | {"duracion_min": "60"}).status_code == 303
    assert leer("SELECT duracion_min FROM comercio_variante_con_cita") == [(60,)]
    del datos["unidad_id"]
    repetida = vende.post(agenda, data=datos | {"nombre": "La silla"})
    assert (repetida.status_code, "ya tiene una agenda con ese nombre" in repetida.text.lower()) == (
        409,
        True,
    )
    assert vende.post(agenda, data=datos | {"capacidad": "2"}).status_code == 303
    assert "Taller Atiende a 2 a la vez." in _llano(vende.get("/vender/agenda").text)
    assert sesion_web(peluqueria.mercado.comprador).get(agenda).status_code == 404


def test_se_elige_se_mueve_y_se_atiende(
    peluqueria: Peluqueria, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    m = peluqueria.mercado
    compra, vende = sesion_web(m.comprador), sesion_web(m.vendedor)
    ficha = _llano(compra.get(f"/productos/{peluqueria.corte.id}").text)
    assert "Se atiende con cita de 30 minutos" in ficha
    assert "Cantidad" not in ficha
    assert "Puede cancelar hasta un día antes de su cita." in ficha
    pedido = peluqueria.comprar()
    aqui = f"/pedidos/{pedido.id}/cita"
    assert "Elegir el día y la hora" in compra.get(f"/pedidos/{pedido.id}").text
    assert "Debe elegir la hora de su cita" in vende.get(f"/vender/pedidos/{pedido.id}").text
    assert "Quien compró elige" in vende.get(aqui).text
    libres = peluqueria.libres()
    pagina = compra.get(f"{aqui}?dia={fecha_bolivia(libres[6].inicio)}").text
    assert f'value="{_local(libres[6].inicio)}"' in pagina
    mala = compra.post(aqui, data={"_id": _oculto(pagina, "_id")})
    assert (mala.status_code, "Elija una hora" in mala.text) == (422, True)
    datos = {"_id": _oculto(pagina, "_id"), "inicio": _local(libres[6].inicio)}
    dia = libres[6].inicio.astimezone(ZONA)
    assert re.search(rf", {dia:%H:%M}\b", _llano(pagina))  # each hour says of which day it is
    assert compra.post(aqui, data=datos).status_code == 303
    assert compra.post(aqui, data=datos).status_code == 303  # pressed twice
    assert leer("SELECT inicio, estado FROM comercio_cita") == [(libres[6].inicio, "fijada")]
    assert "Su cita es el" in _llano(compra.get(f"/pedidos/{pedido.id}").text)
    vispera = fecha_bolivia(libres[6].inicio) - timedelta(days=1)
    assert "La próxima cita: " in _llano(vende.get(f"/vender/agenda?dia={vispera}").text)
    dia = _llano(vende.get(f"/vender/agenda?dia={fecha_bolivia(libres[6].inicio)}").text)
    assert "La próxima cita: " not in dia
    assert "Corte de cabello Ana Prueba" in dia

    datos = {"_id": _oculto(vende.get(aqui).text, "_id"), "inicio": _local(libres[9].inicio)}
    assert vende.post(aqui, data=datos).status_code == 303
    assert "Le piden mover la cita" in compra.get(f"/pedidos/{pedido.id}").text
    assert "Aceptar esa hora" in compra.get(aqui).text
    assert "Ya no quiero moverla" in vende.get(aqui).text
    vista = {"cita_id": oculto(compra.get(aqui).text, "cita_id")}
    assert compra.post(f"{aqui}/respuesta", data=vista | {"acepta": "1"}).status_code == 303
    assert "Nadie pide mover" in compra.post(f"{aqui}/respuesta", data=vista).text
    assert leer("SELECT inicio FROM comercio_cita WHERE estado = 'fijada'") == [(libres[9].inicio,)]

    assert compra.post(f"{aqui}/ausencia").status_code == 409
    peluqueria.llega_la_hora(libres[9].inicio)
    compra, vende = sesion_web(m.comprador), sesion_web(m.vendedor)  # days later
    assert "No me atendieron" in compra.get(aqui).text
    venta = vende.get(f"/vender/pedidos/{pedido.id}").text
    assert "Atendió la cita del" in venta
    assert compra.post(f"{aqui}/ausencia").status_code == 303
    assert "el dinero vuelve" in _llano(vende.get(aqui).text)
    hecho = vende.post(f"/vender/pedidos/{pedido.id}/prestacion", data={"evidencia": "Lo atendí"})
    assert hecho.status_code == 303
    assert "Cumplida" in compra.get(aqui).text


def test_lo_que_se_atiende_donde_quien_vende_no_pide_lugar(
    peluqueria: Peluqueria, sesion_web: Callable[..., Any], leer: Leer
) -> None:
    m, donde = peluqueria.mercado, "Calle Sucre 12, Tarabuco"
    with transaccion() as sesion:
        datos = DatosDeAgenda("La silla", 1, 1, TODOS_LOS_DIAS, donde)
        cambiar_agenda(sesion, m.actor_vendedor, peluqueria.agenda_id, datos)
    compra = sesion_web(m.comprador)
    assert f"En {donde}." in _llano(compra.get(f"/productos/{peluqueria.corte.id}").text)
    compra.post("/carrito/lineas", data={"producto_id": str(peluqueria.corte.id), "cantidad": "1"})
    pagina = compra.get("/comprar").text
    assert f"Corte de cabello: se atiende en {donde}." in _llano(pagina)
    assert 'name="municipio_ine"' not in pagina
    datos_de = {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella")}
    hecha = compra.post("/comprar", data=datos_de | {"destinatario": "Ana Prueba", "telefono": "71234567"})
    assert hecha.status_code == 303
    assert leer(
        "SELECT s.lugar, c.municipio_ine FROM comercio_servicio s JOIN comercio_pedido p ON p.id = pedido_id"
        " JOIN comercio_compra c ON c.id = p.compra_id"
    ) == [(donde, None)]
    with transaccion() as sesion:  # what was sold stays as it was sold
        datos = DatosDeAgenda("La silla", 1, 1, TODOS_LOS_DIAS)
        cambiar_agenda(sesion, m.actor_vendedor, peluqueria.agenda_id, datos)
    assert f"Se atiende en {donde}" in _llano(compra.get(hecha.headers["location"]).text)


def test_sin_horas_libres_se_dice(peluqueria: Peluqueria, sesion_web: Callable[..., Any]) -> None:
    m = peluqueria.mercado
    compra, pedido = sesion_web(m.comprador), peluqueria.comprar()
    with transaccion() as sesion:  # nothing of half an hour fits in ten minutes
        datos = DatosDeAgenda("La silla", 1, 1, dict.fromkeys(TODOS_LOS_DIAS, ((540, 550),)))
        cambiar_agenda(sesion, m.actor_vendedor, peluqueria.agenda_id, datos)
    assert "No hay horas libres" in compra.get(f"/pedidos/{pedido.id}/cita").text
    assert "Ahora no hay horas libres." in compra.get(f"/productos/{peluqueria.corte.id}").text


def test_por_la_api(peluqueria: Peluqueria, pedir: Callable[..., Any]) -> None:
    m = peluqueria.mercado
    unidad = str(m.unidad.id)
    agendas = pedir(m.vendedor, "GET", f"/agendas?unidad_id={unidad}").json()["datos"]
    assert [(a["nombre"], a["capacidad"], a["horario"]["lunes"]) for a in agendas] == [
        ("La silla", 1, "9:00-10:00, 14:00-15:00")
    ]
    assert agendas[0]["servicios"] == [{"variante_id": str(peluqueria.variante_id), "duracion_min": 30}]
    nueva = {"unidad_id": unidad, "nombre": "Taller", "horario": {"viernes": "8 a 10"}}
    assert pedir(m.vendedor, "POST", "/agendas", json=nueva).json()["horario"]["viernes"] == "8:00-10:00"
    assert pedir(m.vendedor, "POST", "/agendas", json=nueva).json()["codigo"] == "agenda_repetida"
    horas = pedir(m.comprador, "GET", f"/variantes/{peluqueria.variante_id}/horas-libres").json()
    assert (horas["duracion_min"], horas["dias_de_aviso"]) == (30, 1)
    pedido = peluqueria.comprar()
    inicio = horas["datos"][5]["inicio"]
    cita = pedir(m.comprador, "POST", f"/pedidos/{pedido.id}/cita", json={"inicio": inicio}).json()
    assert (cita["estado"], cita["propuso"]) == ("fijada", "comprador")
    assert _cuando(cita["inicio"]) == _cuando(inicio)
    otra = {"inicio": horas["datos"][7]["inicio"]}
    assert pedir(m.vendedor, "POST", f"/pedidos/{pedido.id}/cita", json=otra).json()["estado"] == "propuesta"
    ficha = pedir(m.comprador, "GET", f"/pedidos/{pedido.id}").json()["servicio"]
    assert _cuando(ficha["cita"]["inicio"]) == _cuando(inicio)
    assert _cuando(ficha["propuesta"]["inicio"]) == _cuando(otra["inicio"])
    no = {"cita_id": ficha["propuesta"]["id"], "acepta": False}
    queda = pedir(m.comprador, "POST", f"/pedidos/{pedido.id}/cita/respuesta", json=no)
    assert _cuando(queda.json()["inicio"]) == _cuando(inicio)
    dia = pedir(m.vendedor, "GET", f"/agendas/{peluqueria.agenda_id}/citas?dia={inicio[:10]}").json()
    assert [c["pedido_id"] for c in dia["datos"]] == [str(pedido.id)]
    sin_hora = pedir(m.comprador, "POST", f"/pedidos/{pedido.id}/cita/ausencia")
    assert (sin_hora.status_code, sin_hora.json()["codigo"]) == (409, "transicion_invalida")

"""Rows of agendas and appointments: who attends, and who bought; API and pages."""

from datetime import timedelta

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Quien, fila, no
from tests.autorizacion.matriz_comercio import VENDE, VENTAS
from tests.autorizacion.mercado import comprado, publicar_servicio

COMPRADORA = Quien("ana", "tienda", "VENDER")
_TODA_LA_SEMANA = dict.fromkeys(range(1, 8), ((540, 720),))


def preparar(e: Escena) -> None:
    """Two agendas; an order without its hour, one with it, one that its seller asks to move, one whose hour
    is over."""
    from comercio.agenda import DatosDeAgenda, abrir_agenda, atender_con_cita, horas_libres
    from comercio.agenda.modelos import Agenda, Cita
    from comercio.catalogo.opciones import variante_pedida
    from comercio.citas import pedir_hora
    from nucleo.bd import transaccion
    from nucleo.reloj import ZONA, ahora_bd

    tomasa, ana, tienda = e.actor("tomasa"), e.actor("ana"), e.unidades["tienda"].id
    corte = publicar_servicio(e, "Corte de cabello")
    with transaccion() as sesion:
        variante = e.valores["variante_con_cita"] = variante_pedida(sesion, corte)
        abrir_agenda(sesion, tomasa, tienda, DatosDeAgenda("Taller", 1, 1, _TODA_LA_SEMANA))
        silla = abrir_agenda(sesion, tomasa, tienda, DatosDeAgenda("La silla", 1, 1, _TODA_LA_SEMANA))
        agenda_id = e.valores["agenda"] = silla.id
        atender_con_cita(sesion, tomasa, agenda_id, variante, 30)
    for clave in ("por_citar", "citado", "por_mover", "pasado"):
        comprado(e, corte, f"pedido_{clave}")
    with transaccion() as sesion:
        horas = [h.inicio for h in horas_libres(sesion, sesion.get_one(Agenda, agenda_id), 30)]
        pedir_hora(sesion, ana, e.valores["pedido_citado"], horas[4])
        pedir_hora(sesion, ana, e.valores["pedido_por_mover"], horas[5])
        e.valores["hora_pedida"] = pedir_hora(sesion, tomasa, e.valores["pedido_por_mover"], horas[6]).id
        hace_rato = ahora_bd(sesion) - timedelta(hours=2)
        sesion.add(
            Cita(
                pedido_id=e.valores["pedido_pasado"],
                agenda_id=agenda_id,
                puesto=1,
                inicio=hace_rato,
                fin=hace_rato + timedelta(minutes=30),
                cancelar_hasta=hace_rato,
                estado="fijada",
                propuso="comprador",
            )
        )
        for clave, hora in (("hora_libre", horas[8]), ("hora_ocupada", horas[6])):
            e.valores[clave] = hora.isoformat()
            e.valores[f"{clave}_escrita"] = hora.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")


_API, _DE_LA_TIENDA = "/api/v1", {"unidad_id": "{unidad_tienda}"}
_AGENDA = {"nombre": "Otra silla", "capacidad": 2, "horario": {"lunes": "9:00-12:00"}}
_ESCRITA = {"nombre": "Otra silla", "capacidad": "2", "dias_de_aviso": "1", "horario.lunes": "9-12"}
_REPETIDA = {"nombre": "Taller"}
_SERVICIO = {"variante_id": "{variante_con_cita}", "duracion_min": 45}
_AJENA = {"variante_id": "{otro}"}
_DE_LA_AGENDA = {"params": {"agenda_id": "agenda"}, "rechazo": 404}
_POR_API = {"alcance": "pedidos", "maquina": 404}
_PEDIDA, _TOMADA = {"inicio": "{hora_libre}"}, {"inicio": "{hora_ocupada}"}
_ELEGIDA, _ELEGIDA_TARDE = {"inicio": "{hora_libre_escrita}"}, {"inicio": "{hora_ocupada_escrita}"}
_CITADO, _POR_CITAR = {"pedido_id": "pedido_citado"}, {"pedido_id": "pedido_por_citar"}
_POR_MOVER, _PASADO = {"pedido_id": "pedido_por_mover"}, {"pedido_id": "pedido_pasado"}
_NO = {"cita_id": "{hora_pedida}", "acepta": False}
_QUIEN_COMPRA = "de quien compra"
_SIN_PROPUESTA = no(409, "transicion_invalida", params=_CITADO)
_TODAVIA_NO = no(409, "transicion_invalida", params=_CITADO)

FILAS = [
    fila("GET", _API + "/agendas", VENDE, 200, consulta=_DE_LA_TIENDA, alcance="pedidos"),
    fila(
        "POST",
        _API + "/agendas",
        VENDE,
        201,
        json=_AGENDA | _DE_LA_TIENDA,
        alcance="pedidos",
        negada=no(409, "agenda_repetida", _REPETIDA),
    ),
    fila(
        "PUT",
        _API + "/agendas/{agenda_id}",
        VENDE,
        200,
        json=_AGENDA,
        **_DE_LA_AGENDA,
        **_POR_API,
        negada=no(409, "agenda_repetida", _REPETIDA),
    ),
    fila(
        "PUT",
        _API + "/agendas/{agenda_id}/servicios",
        VENDE,
        200,
        json=_SERVICIO,
        **_DE_LA_AGENDA,
        **_POR_API,
        negada=no(404, "variante_no_encontrada", _AJENA),
    ),
    fila(
        "GET",
        _API + "/agendas/{agenda_id}/citas",
        VENDE,
        200,
        consulta={"dia": "2026-01-05"},
        **_DE_LA_AGENDA,
        **_POR_API,
    ),
    fila(
        "GET",
        _API + "/variantes/{variante_id}/horas-libres",
        PUBLICO,
        200,
        params={"variante_id": "variante_con_cita"},
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cita",
        VENDE,
        200,
        json=_PEDIDA,
        params=_CITADO,
        rechazo=404,
        **_POR_API,
        negada=no(409, "hora_ocupada", _TOMADA),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cita",
        COMPRADORA,
        200,
        variante=_QUIEN_COMPRA,
        json=_PEDIDA,
        params=_CITADO,
        rechazo=404,
        **_POR_API,
        negada=no(409, "hora_ocupada", _TOMADA),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cita/respuesta",
        VENDE,
        200,
        json=_NO,
        params=_POR_MOVER,
        rechazo=404,
        **_POR_API,
        negada=_SIN_PROPUESTA,
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cita/respuesta",
        COMPRADORA,
        200,
        variante=_QUIEN_COMPRA,
        json=_NO,
        params=_POR_MOVER,
        rechazo=404,
        **_POR_API,
        negada=_SIN_PROPUESTA,
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cita/ausencia",
        VENDE,
        200,
        params=_PASADO,
        rechazo=404,
        **_POR_API,
        negada=_TODAVIA_NO,
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cita/ausencia",
        COMPRADORA,
        200,
        variante=_QUIEN_COMPRA,
        params=_PASADO,
        rechazo=404,
        **_POR_API,
        negada=_TODAVIA_NO,
    ),
    fila("GET", "/vender/agenda", VENTAS, 200),
    fila("GET", "/vender/agendas/nueva", VENTAS, 200),
    fila(
        "POST",
        "/vender/agendas/nueva",
        VENDE,
        303,
        form=_ESCRITA | _DE_LA_TIENDA,
        a="/vender/agendas/",
        negada=no(409, "una agenda con ese nombre", _REPETIDA),
    ),
    fila("GET", "/vender/agendas/{agenda_id}", VENDE, 200, **_DE_LA_AGENDA),
    fila(
        "POST",
        "/vender/agendas/{agenda_id}",
        VENDE,
        303,
        form=_ESCRITA,
        a="/vender/agendas/",
        **_DE_LA_AGENDA,
        negada=no(409, "una agenda con ese nombre", _REPETIDA),
    ),
    fila(
        "POST",
        "/vender/agendas/{agenda_id}/servicios",
        VENDE,
        303,
        form={"variante_id": "{variante_con_cita}", "duracion_min": "45"},
        a="/vender/agendas/",
        **_DE_LA_AGENDA,
        negada=no(422, "Solo un servicio", {"variante_id": "{variante_producto}"}),
    ),
    fila("GET", "/pedidos/{pedido_id}/cita", VENDE, 200, params=_CITADO, rechazo=404),
    fila(
        "GET",
        "/pedidos/{pedido_id}/cita",
        COMPRADORA,
        200,
        variante=_QUIEN_COMPRA,
        params=_POR_CITAR,
        rechazo=404,
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/cita",
        COMPRADORA,
        303,
        form=_ELEGIDA,
        a="/pedidos/",
        params=_CITADO,
        rechazo=404,
        negada=no(409, "ya no está libre", _ELEGIDA_TARDE),
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/cita/respuesta",
        COMPRADORA,
        303,
        form={"cita_id": "{hora_pedida}"},
        a="/pedidos/",
        params=_POR_MOVER,
        rechazo=404,
        negada=no(409, "Nadie pide mover", params=_CITADO),
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/cita/ausencia",
        COMPRADORA,
        303,
        a="/pedidos/",
        params=_PASADO,
        rechazo=404,
        negada=no(409, "Todavía no pasó", params=_CITADO),
    ),
]

HISTORIA = {0: preparar}
CONSTANTES: dict[str, object] = {}

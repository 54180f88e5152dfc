"""Pages of rates: «¿Cuánto cuesta enviar?» for anybody, and the versions of an operator."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import lugares, municipios_por_departamento, nombres_de_unidades
from envios.tarifas import consultas, tarifarios, vistas
from envios.tarifas.api import limitar_por_direccion
from envios.tarifas.cambios import cambios
from envios.tarifas.cotizar import comparar
from envios.tarifas.estados import EstadoTarifario
from envios.tarifas.formularios import (
    COMIENZO,
    CONSULTA,
    PASO,
    PUBLICACION,
    SUBIDA,
    HojaDeComienzo,
    HojaDeConsulta,
    HojaDePaso,
    HojaDePublicacion,
    HojaDeSubida,
)
from envios.tarifas.modelos import Tarifario
from envios.tarifas.palabras import ENTREGAS, falta_en_palabras, peso_en_palabras, porcentaje_en_palabras
from envios.tarifas.tablas import EJEMPLOS, Que, escribir
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Prohibido
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido, paginar
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter(include_in_schema=False)
PUBLICO = [Depends(publico)]


# --- ¿Cuánto cuesta enviar? ------------------------------------------------------------------------------


@router.get("/cuanto-cuesta-enviar", dependencies=PUBLICO)
def cuanto_cuesta(request: Request, sesion: Sesion, hoja: HojaDeConsulta) -> Response:
    """All that carry it, cheapest first; the address of the answer may be kept and sent to somebody."""
    if not hoja.valores:
        return _pagina_de_consulta(request, sesion)
    limitar_por_direccion(request)
    with hoja:
        comparacion = comparar(sesion, hoja.datos.pedido())
        pedido = comparacion.pedido
        nombres = lugares(sesion, [pedido.origen_ine, pedido.destino_ine])
        return _pagina_de_consulta(
            request,
            sesion,
            hoja,
            ofertas=vistas.ofertas_vistas(comparacion),
            negativas=vistas.negativas_vistas(comparacion),
            ya_dicho={c: v for c, v in hoja.valores.items() if v and CONSULTA.campo(c)},
            trayecto=[nombres[pedido.origen_ine], nombres[pedido.destino_ine]],
            peso=peso_en_palabras(pedido.bulto.peso_g),
        )
    return _pagina_de_consulta(request, sesion, hoja)


def _pagina_de_consulta(
    request: Request, sesion: Session, hoja: Hoja[Any] | None = None, **contexto: Any
) -> Response:
    elegibles = municipios_por_departamento(sesion)
    opciones = {"origen": elegibles, "destino": elegibles}
    return pagina(
        request,
        "envios/tarifas/consulta.html",
        hoja=hoja,
        pedido=CONSULTA.mostrar(request, enviada=hoja, opciones=opciones),
        **contexto,
    )


# --- The versions of an operator -------------------------------------------------------------------------


@router.get("/tarifas")
def listar(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, unidad: UUID | None = None
) -> Response:
    return _lista(request, sesion, actor, cursor, unidad)


def _lista(
    request: Request,
    sesion: Session,
    actor: Actor,
    cursor: CursorPedido,
    unidad: UUID | None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    todos = consultas.operadores_que_administra(sesion, actor)
    elegidos = [u for u in todos if unidad in (None, u.id)]
    if not elegidos:
        raise Prohibido(_("Para esto necesita administrar un operador postal habilitado."))
    operador, ahora = elegidos[0], ahora_bd(sesion)
    filas, siguiente = paginar(
        sesion, consultas.tarifarios_de(operador.id), cursor, columnas=(Tarifario.numero, Tarifario.id)
    )
    base = f"/tarifas?unidad={operador.id}"
    return pagina(
        request,
        "envios/tarifas/tarifarios.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        versiones=[(t, vistas.fase(t, ahora)) for t in filas],
        hay_borrador=consultas.borrador_de(sesion, operador.id) is not None,
        comienzo=COMIENZO.mostrar(request, {"unidad": operador.id}, enviada=hoja),
        siguiente_url=f"{base}&cursor={siguiente}" if siguiente else None,
    )


@router.post("/tarifas")
def empezar(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDeComienzo
) -> Response:
    with hoja:
        tarifario = tarifarios.empezar(sesion, actor, hoja.datos.unidad, id=hoja.id)
        return redirigir(
            f"/tarifas/{tarifario.id}", _("Suba las tablas que cambian y revise antes de publicar.")
        )
    return _lista(request, sesion, actor, cursor, None, hoja)


@router.get("/tarifas/plantilla/{que}.csv", dependencies=PUBLICO)
def plantilla(que: Que) -> Response:
    """The heading of a table with some lines to write over."""
    return _csv(escribir(que, EJEMPLOS[que]), f"plantilla-{que.value}.csv")


@router.get("/tarifas/{tarifario_id}/{que}.csv", dependencies=PUBLICO)
def bajar(sesion: Sesion, actor: ActorOpcional, tarifario_id: UUID, que: Que) -> Response:
    """A table of a published version, or of one's own draft, as it is uploaded."""
    tarifario, _administra = tarifarios.ver_tarifario(sesion, actor, tarifario_id)
    contenido = escribir(que, vistas.celdas_de(sesion, tarifario.id, que))
    return _csv(contenido, f"{que.value}-version-{tarifario.numero}.csv")


def _csv(contenido: bytes, nombre: str) -> Response:
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}"'}
    return Response(contenido, media_type="text/csv; charset=utf-8", headers=cabeceras)


@router.get("/tarifas/{tarifario_id}", dependencies=PUBLICO)
def ver(request: Request, sesion: Sesion, actor: ActorOpcional, tarifario_id: UUID) -> Response:
    return _ver(request, sesion, actor, tarifario_id)


def _ver(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    tarifario_id: UUID,
    hoja: Hoja[Any] | None = None,
) -> Response:
    tarifario, administra = tarifarios.ver_tarifario(sesion, actor, tarifario_id)
    ahora = ahora_bd(sesion)
    borrador = tarifario.estado == EstadoTarifario.BORRADOR
    vigente = consultas.vigente_de(sesion, tarifario.operador_unidad_id, ahora) if borrador else None
    operador = tarifario.operador_unidad_id
    return pagina(
        request,
        "envios/tarifas/tarifario.html",
        hoja=hoja,
        tarifario=tarifario,
        operador=nombres_de_unidades(sesion, [operador])[operador],
        administra=administra,
        borrador=borrador,
        fase=vistas.fase(tarifario, ahora),
        retirable=administra
        and tarifario.estado == EstadoTarifario.PUBLICADO
        and tarifario.vigente_desde is not None
        and tarifario.vigente_desde > ahora,
        tablas=[(q, n) for q, n in consultas.contar_lineas(sesion, tarifario.id).items()],
        servicios=consultas.servicios_de(sesion, tarifario.id),
        entregas=ENTREGAS,
        en_peso=peso_en_palabras,
        en_porcentaje=porcentaje_en_palabras,
        faltas=[falta_en_palabras(*f) for f in consultas.faltas_de(sesion, tarifario.id)] if borrador else [],
        vigente=vigente,
        cambios=cambios(sesion, tarifario.id, vigente.id if vigente else None) if borrador else [],
        subida=SUBIDA.mostrar(request, enviada=hoja),
        publicacion=PUBLICACION.mostrar(
            request, {"desde": fecha_bolivia(ahora) + timedelta(days=1)}, enviada=hoja
        ),
        paso=PASO.mostrar(request, enviada=hoja),
    )


@router.post("/tarifas/{tarifario_id}/archivos")
def subir(
    request: Request, sesion: Sesion, actor: ActorRequerido, tarifario_id: UUID, hoja: HojaDeSubida
) -> Response:
    with hoja:
        que = hoja.datos.que
        tarifario = tarifarios.importar(sesion, actor, tarifario_id, que, hoja.archivo("archivo"))
        lineas = tarifario.leido[que.value]["lineas"]
        texto = _("%(tabla)s: se leyeron %(n)s líneas.") % {"tabla": que.texto, "n": lineas}
        return redirigir(f"/tarifas/{tarifario_id}", texto)
    return _ver(request, sesion, actor, tarifario_id, hoja)


@router.post("/tarifas/{tarifario_id}/publicar")
def publicar(
    request: Request, sesion: Sesion, actor: ActorRequerido, tarifario_id: UUID, hoja: HojaDePublicacion
) -> Response:
    with hoja:
        tarifarios.publicar(sesion, actor, tarifario_id, hoja.datos.desde)
        return redirigir(f"/tarifas/{tarifario_id}", _("Publicado: desde esa fecha se cotiza así."))
    return _ver(request, sesion, actor, tarifario_id, hoja)


@router.post("/tarifas/{tarifario_id}/retirar")
def retirar(
    request: Request, sesion: Sesion, actor: ActorRequerido, tarifario_id: UUID, hoja: HojaDePaso
) -> Response:
    with hoja:
        tarifario = tarifarios.retirar(sesion, actor, tarifario_id)
        unidad = tarifario.operador_unidad_id
        return redirigir(f"/tarifas?unidad={unidad}", _("Quedó sin efecto: sigue lo que había antes."))
    return _ver(request, sesion, actor, tarifario_id, hoja)

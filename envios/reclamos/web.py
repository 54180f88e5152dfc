"""Pages of claims: present one from the item's page, mine, and the page that all its sides share."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    CON_LO_SUYO,
    ClaseDeParte,
    Facultad,
    es_caso_propio,
    tiene_facultad,
    unidad_por_id,
)
from envios import s10
from envios.items import Papeles, envio_por_numero, envio_visible, nombre_unidad, numeros_de, remitente_de
from envios.items.modelos import Envio
from envios.reclamos import constancia_pdf, reclamar, resolver, responder, web_bandejas
from envios.reclamos.avisos import url_de
from envios.reclamos.consultas import (
    decisiones_de,
    exigir_archivo_de_reclamo,
    indemnizacion_de,
    mensajes_de,
    reclamante_de,
    reclamo_visible,
    reclamos_de_partes,
    reclamos_del_envio,
    regla_vigente,
)
from envios.reclamos.decidir import remanente
from envios.reclamos.estados import (
    DEL_OPERADOR,
    SIN_DECIDIR,
    ClaseReclamo,
    EstadoReclamo,
    Lado,
    QuienDecide,
    Sentido,
)
from envios.reclamos.formularios import (
    IMPUGNACION,
    MENSAJE,
    PASO,
    RECLAMO,
    RESOLUCION,
    RESPUESTA,
    HojaDeImpugnacion,
    HojaDeMensaje,
    HojaDePaso,
    HojaDeReclamo,
    HojaDeResolucion,
    HojaDeRespuesta,
)
from envios.reclamos.hechos import hechos_de, procede
from envios.reclamos.mensajes import autorizar_a_reclamar, es_de_mostrador, escribir
from envios.reclamos.modelos import Reclamo
from envios.reclamos.presentar import autores_de, computo_de, tono_de, url_de_foto
from nucleo.actor import Actor
from nucleo.archivos import TIPO_PDF, tipos_de
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.limites import limitar_direccion
from nucleo.paginacion import Cursor, paginar
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_bandejas.router)
CONSULTAS_POR_MINUTO = 60


# --- Present ----------------------------------------------------------------------------------------------


@router.get("/envios/{envio_id}/reclamar")
def pagina_de_reclamar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID
) -> HTMLResponse:
    """What may be claimed of an item now, since when the rest, and what is paid."""
    return _pagina_de_reclamar(request, sesion, actor, envio_id)


def _pagina_de_reclamar(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio, _vista = envio_visible(sesion, actor, envio_id)
    autorizar_a_reclamar(sesion, actor, envio)
    quien = remitente_de(sesion, envio)
    hechos, ahora = hechos_de(sesion, envio), ahora_bd(sesion)
    suyos = reclamos_del_envio(sesion, envio.id)
    vivos = {r.clase for r in suyos if r.estado not in (EstadoReclamo.SIN_OBJETO, EstadoReclamo.RETIRADO)}
    por_que = {c: procede(c, hechos, ahora) for c in ClaseReclamo if c not in vivos}
    se_puede = [(c.value, c.texto) for c, motivo in por_que.items() if not motivo]
    reglas = [(c, regla_vigente(sesion, c, fecha_bolivia(ahora))) for c in ClaseReclamo]
    return pagina(
        request,
        "envios/reclamos/reclamar.html",
        hoja=hoja,
        reclamo=RECLAMO.mostrar(request, enviada=hoja, opciones={"clase": se_puede}),
        se_puede=se_puede,
        sin_cuenta=quien.nombre if quien.clase is ClaseDeParte.TERCERO else "",
        todavia_no=[(c.texto, motivo) for c, motivo in por_que.items() if motivo],
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        operador=nombre_unidad(sesion, envio.operador_unidad_id),
        hechos=hechos,
        pagos=[(r, *reclamar.topes(r, hechos), c.texto) for c, r in reglas],
        responder=plazo(sesion, reclamar.RESPONDER, ahora),
        impugnar=plazo(sesion, reclamar.IMPUGNAR, ahora),
        suyos=suyos,
        tono=tono_de,
    )


@router.post("/envios/{envio_id}/reclamar")
def presentar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeReclamo
) -> Response:
    with hoja:
        datos = hoja.datos
        reclamo = reclamar.presentar(
            sesion,
            actor,
            envio_id,
            datos.clase,
            relato=datos.relato,
            pedido=datos.pedido,
            foto=hoja.archivos.get("foto"),
            id=hoja.id,
        )
        aviso = _("Presentó el reclamo: ahora responde el operador.")
        if es_de_mostrador(sesion, reclamo):
            aviso = _("Reclamo presentado: imprima su papel y entrégueselo a quien reclama.")
        return redirigir(url_de(reclamo.id), aviso)
    return _pagina_de_reclamar(request, sesion, actor, envio_id, hoja)


@router.get("/seguimiento/{numero}/reclamos", dependencies=[Depends(publico)])
def ver_en_que_van(request: Request, sesion: Sesion, numero: str) -> HTMLResponse:
    """In what state the claims of an item are, for who holds its receipt and has no account; nobody's data,
    and no amounts."""
    limitar_direccion(request, "envios.reclamos", cupo=CONSULTAS_POR_MINUTO, ventana_s=60)
    envio = envio_por_numero(sesion, numero[:60])
    return pagina(
        request,
        "envios/reclamos/publico.html",
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        operador=nombre_unidad(sesion, envio.operador_unidad_id),
        reclamos=list(reclamos_del_envio(sesion, envio.id)),
        tono=tono_de,
    )


@router.get("/envios/reclamos/{reclamo_id}/constancia.pdf")
def bajar_constancia(sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID) -> Response:
    """The paper of a claim: what is claimed, until when who answers, and how to follow it without account."""
    reclamo, _lado = reclamo_visible(sesion, actor, reclamo_id)
    envio = sesion.get_one(Envio, reclamo.envio_id)
    return Response(
        constancia_pdf.hacer_pdf(
            reclamo,
            envio.numero,
            nombre_unidad(sesion, reclamo.operador_unidad_id),
            reclamante_de(sesion, reclamo).nombre,
            mensajes_de(sesion, reclamo.id)[0].texto,
        ),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="reclamo-{envio.numero}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


@router.get("/envios/reclamos")
def mis_reclamos(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> HTMLResponse:
    consulta = reclamos_de_partes(Papeles.de(sesion, actor).envia)
    filas, siguiente = paginar(sesion, consulta, cursor, columnas=(Reclamo.presentado_en, Reclamo.id))
    return pagina(
        request,
        "envios/reclamos/mis_reclamos.html",
        reclamos=filas,
        numeros=numeros_de(sesion, [r.envio_id for r in filas]),
        tono=tono_de,
        siguiente_url=f"/envios/reclamos?cursor={siguiente}" if siguiente else None,
    )


# --- One claim ----------------------------------------------------------------------------------------------


@router.get("/envios/reclamos/{reclamo_id}")
def ver_reclamo(request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID) -> HTMLResponse:
    return pagina_del_reclamo(request, sesion, actor, reclamo_id)


def pagina_del_reclamo(
    request: Request, sesion: Session, actor: Actor, reclamo_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    """What was said and decided, the clock that runs, and what each side may do now."""
    reclamo, lado = reclamo_visible(sesion, actor, reclamo_id)
    envio = sesion.get_one(Envio, reclamo.envio_id)
    mensajes, decisiones = mensajes_de(sesion, reclamo.id), decisiones_de(sesion, reclamo.id)
    archivos = [m.archivo_id for m in mensajes if m.archivo_id]
    administra = tiene_facultad(
        sesion, actor, reclamo.operador_unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO
    )
    tope, porte = remanente(sesion, reclamo)
    ofrecido = next(
        (d for d in decisiones if d.quien == QuienDecide.OPERADOR and d.sentido == Sentido.PARTE), None
    )
    estado, de_mostrador = reclamo.estado_enum, es_de_mostrador(sesion, reclamo)
    le_toca = lado is Lado.REGULADOR and estado is EstadoReclamo.ANTE_REGULADOR
    caso_propio = le_toca and es_caso_propio(lambda: resolver.autorizar_autoridad(sesion, actor, reclamo))
    return pagina(
        request,
        "envios/reclamos/reclamo.html",
        hoja=hoja,
        r=reclamo,
        lado=lado.value,
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        operador=unidad_por_id(sesion, reclamo.operador_unidad_id),
        reclamante=reclamante_de(sesion, reclamo).nombre,
        tono=tono_de,
        computo=computo_de(sesion, reclamo),
        mensajes=mensajes,
        autores=autores_de(sesion, reclamo, mensajes),
        foto=url_de_foto,
        documentos={a for a, t in tipos_de(sesion, archivos).items() if t == TIPO_PDF},
        decisiones=decisiones,
        QuienDecide=QuienDecide,
        Lado=Lado,
        por_pagar=indemnizacion_de(sesion, reclamo.id),
        ofrecido=ofrecido if estado is EstadoReclamo.RECHAZADO else None,
        tope=tope,
        porte=porte,
        puede_escribir=estado in SIN_DECIDIR,
        puede_responder=lado is Lado.OPERADOR and administra and estado in DEL_OPERADOR,
        puede_impugnar=(lado is Lado.RECLAMANTE or (lado is Lado.OPERADOR and de_mostrador))
        and estado is EstadoReclamo.RECHAZADO,
        de_mostrador=de_mostrador,
        puede_retirar=lado is Lado.RECLAMANTE and estado in SIN_DECIDIR,
        puede_resolver=le_toca and not caso_propio,
        caso_propio=caso_propio,
        escrito=MENSAJE.mostrar(request, enviada=hoja),
        respuesta=RESPUESTA.mostrar(request, enviada=hoja),
        impugnacion=IMPUGNACION.mostrar(request, enviada=hoja),
        resolucion=RESOLUCION.mostrar(request, enviada=hoja),
        paso=PASO.mostrar(request, enviada=hoja),
    )


@router.get("/envios/reclamos/{reclamo_id}/fotos/{archivo_id}")
def ver_foto(
    request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, archivo_id: UUID
) -> Response:
    """A picture or a PDF of a claim, for who has a part in it."""
    reclamo, _lado = reclamo_visible(sesion, actor, reclamo_id)
    exigir_archivo_de_reclamo(sesion, reclamo, archivo_id)
    return respuesta_de(sesion, archivo_id, request)


@router.post("/envios/reclamos/{reclamo_id}/mensajes")
def agregar_mensaje(
    request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, hoja: HojaDeMensaje
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            escribir(sesion, actor, reclamo_id, hoja.datos.texto, hoja.archivos.get("foto"))
        return redirigir(url_de(reclamo_id), _("Mensaje agregado."))
    return pagina_del_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/envios/reclamos/{reclamo_id}/retiro")
def retirar(
    request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, hoja: HojaDePaso
) -> Response:
    with hoja:
        reclamar.retirar(sesion, actor, reclamo_id)
        return redirigir(url_de(reclamo_id), _("Retiró el reclamo."))
    return pagina_del_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/envios/reclamos/{reclamo_id}/conformidad")
def conformarse(
    request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, hoja: HojaDePaso
) -> Response:
    with hoja:
        reclamar.aceptar_oferta(sesion, actor, reclamo_id)
        return redirigir(url_de(reclamo_id), _("Aceptó lo que ofreció el operador."))
    return pagina_del_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/envios/reclamos/{reclamo_id}/impugnacion")
def impugnar(
    request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, hoja: HojaDeImpugnacion
) -> Response:
    with hoja:
        reclamar.impugnar(sesion, actor, reclamo_id, hoja.datos.motivos)
        return redirigir(url_de(reclamo_id), _("La autoridad tiene el reclamo."))
    return pagina_del_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/envios/reclamos/{reclamo_id}/respuesta")
def responder_reclamo(
    request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, hoja: HojaDeRespuesta
) -> Response:
    """The operator accepts (that button), or refuses with or without an offer."""
    with hoja:
        datos = hoja.datos
        if datos.acepta:
            responder.aceptar(sesion, actor, reclamo_id, datos.motivos)
            return redirigir(url_de(reclamo_id), _("Aceptó el reclamo."))
        responder.rechazar(sesion, actor, reclamo_id, datos.motivos, datos.ofrece)
        return redirigir(url_de(reclamo_id), _("Respondió el reclamo."))
    return pagina_del_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/envios/reclamos/{reclamo_id}/resolucion")
def resolver_reclamo(
    request: Request, sesion: Sesion, actor: ActorRequerido, reclamo_id: UUID, hoja: HojaDeResolucion
) -> Response:
    with hoja:
        datos = hoja.datos
        resolver.resolver(
            sesion,
            actor,
            reclamo_id,
            motivos=datos.motivos,
            contenido=datos.contenido,
            devuelve_porte=datos.devuelve_porte,
        )
        return redirigir(url_de(reclamo_id), _("Resolvió el reclamo."))
    return pagina_del_reclamo(request, sesion, actor, reclamo_id, hoja)

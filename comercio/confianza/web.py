"""Pages of trust: report a product, the authority's tray, the seller's appeal, the rules of sale."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorOpcional, ActorRequerido
from comercio.catalogo import detalle_de_producto, reglas_vigentes
from comercio.catalogo.modelos import Producto
from comercio.confianza import denunciar, intervenir
from comercio.confianza.consultas import (
    casos,
    denuncias_de,
    intervencion_visible,
    ultima_intervencion,
)
from comercio.confianza.errores import SinDenuncias
from comercio.confianza.estados import EstadoIntervencion
from comercio.confianza.formularios import (
    APELACION,
    DECISION,
    DENUNCIA,
    RESOLUCION,
    HojaDeApelacion,
    HojaDeDecision,
    HojaDeDenuncia,
    HojaDeResolucion,
)
from comercio.confianza.reglas import reglas_en_revision
from comercio.vendedores import exigir_autoridad
from empresa_digital.registro import es_caso_propio
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()


@router.get("/tienda/reglas", dependencies=[Depends(publico)])
def reglas(request: Request, sesion: Sesion, _actor: ActorOpcional) -> Response:
    return pagina(request, "comercio/confianza/reglas.html", reglas=reglas_vigentes(sesion))


@router.get("/productos/{producto_id}/denunciar")
def pagina_de_denuncia(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> Response:
    return _pagina_de_denuncia(request, sesion, actor, producto_id)


@router.post("/productos/{producto_id}/denunciar")
def abrir(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDenuncia
) -> Response:
    with hoja:
        denunciar.denunciar(sesion, actor, producto_id, hoja.datos)
        aviso = _("Su denuncia llegó a la autoridad. Le avisaremos qué decidió.")
        return redirigir(f"/productos/{producto_id}", aviso)
    return _pagina_de_denuncia(request, sesion, actor, producto_id, hoja)


def _pagina_de_denuncia(
    request: Request, sesion: Session, actor: Actor, producto_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    return pagina(
        request,
        "comercio/confianza/denunciar.html",
        hoja=hoja,
        producto=detalle_de_producto(sesion, producto_id, actor).producto,
        denuncia=DENUNCIA.mostrar(request, enviada=hoja),
    )


@router.get("/vender/productos/{producto_id}/intervencion")
def intervencion(request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_de_intervencion(request, sesion, actor, producto_id)


@router.post("/vender/productos/{producto_id}/intervencion")
def apelar(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeApelacion
) -> Response:
    with hoja:
        intervenir.apelar(sesion, actor, producto_id, hoja.datos)
        aviso = _("Apeló: lo resuelve otra persona de la autoridad. Si no lo hace en su plazo, vuelve.")
        return redirigir(f"/vender/productos/{producto_id}/intervencion", aviso)
    return _pagina_de_intervencion(request, sesion, actor, producto_id, hoja)


def _pagina_de_intervencion(
    request: Request, sesion: Session, actor: Actor, producto_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    producto, hecha = intervencion_visible(sesion, actor, producto_id)
    puede = hecha.estado == EstadoIntervencion.VIGENTE
    return pagina(
        request,
        "comercio/confianza/intervencion.html",
        hoja=hoja,
        producto=producto,
        intervencion=hecha,
        apelacion=APELACION.mostrar(request, enviada=hoja) if puede else None,
    )


@router.get("/regulador/productos")
def bandeja(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """What waits for the authority, what ends first before."""
    return pagina(request, "comercio/confianza/bandeja.html", casos=casos(sesion, actor))


@router.get("/regulador/productos/{producto_id}")
def caso(request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_del_caso(request, sesion, actor, producto_id)


@router.post("/regulador/productos/{producto_id}/decision")
def decidir(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDecision
) -> Response:
    with hoja:
        denunciar.decidir(sesion, actor, producto_id, hoja.datos)
        return redirigir("/regulador/productos", _("Decidió sobre el producto."))
    return _pagina_del_caso(request, sesion, actor, producto_id, hoja)


@router.post("/regulador/productos/{producto_id}/resolucion")
def resolver(
    request: Request, producto_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeResolucion
) -> Response:
    with hoja:
        intervenir.resolver(sesion, actor, producto_id, hoja.datos)
        return redirigir("/regulador/productos", _("Resolvió la apelación."))
    return _pagina_del_caso(request, sesion, actor, producto_id, hoja)


def _pagina_del_caso(
    request: Request, sesion: Session, actor: Actor, producto_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_autoridad(sesion, actor)
    producto = sesion.get(Producto, producto_id)
    denuncias, hecha = denuncias_de(sesion, producto_id), ultima_intervencion(sesion, producto_id)
    if producto is None or not (denuncias or hecha):
        raise SinDenuncias()
    espera = any(d.vence_en for d in denuncias)
    apelada = hecha is not None and hecha.estado == EstadoIntervencion.APELADA
    ajeno = not es_caso_propio(lambda: intervenir.autorizar(sesion, actor, producto))
    return pagina(
        request,
        "comercio/confianza/caso.html",
        hoja=hoja,
        producto=producto,
        denuncias=denuncias,
        intervencion=hecha,
        reglas=reglas_en_revision(sesion, producto_id),
        decision=DECISION.mostrar(request, enviada=hoja) if espera and ajeno else None,
        resolucion=RESOLUCION.mostrar(request, enviada=hoja) if apelada and ajeno else None,
        caso_propio=(espera or apelada) and not ajeno,
        es_suya=hecha is not None and hecha.decidio_id == actor.id,
    )

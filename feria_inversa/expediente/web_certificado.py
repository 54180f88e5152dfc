"""Page where an entity says which budget certificate covers a process."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad
from feria_inversa.certificaciones import vigentes_de
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.evaluacion import DECIDIDOS, nombrar_certificado, quedan
from feria_inversa.expediente.esquemas import CertificadoDicho
from feria_inversa.procesos import (
    ConvocatoriaNoEncontrada,
    certificado_de,
    convocatoria_visible,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir

router = APIRouter()
UNA = "/compras/{convocatoria_id}/certificacion"
CERTIFICADO = Formulario(
    "convocatoria.certificado",
    CertificadoDicho,
    campos.seleccion(
        "certificacion_id",
        _l("Certificación presupuestaria"),
        ayuda=_l("No se adjudica más de lo que le queda."),
        opcional=True,
        elija=_l("Ninguna"),
    ),
)
HojaDeCertificado = Annotated[Hoja[CertificadoDicho], Depends(CERTIFICADO)]


@router.get(UNA)
def ver(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, actor, _suya(sesion, actor, convocatoria_id))


@router.post(UNA, response_model=None)
def decir(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCertificado
) -> HTMLResponse | RedirectResponse:
    convocatoria = _suya(sesion, actor, convocatoria_id)
    with hoja:
        nombrar_certificado(sesion, actor, convocatoria_id, hoja.datos.certificacion_id)
        return redirigir(f"/compras/{convocatoria_id}/certificacion", _("Quedó dicho."))
    return _pagina(request, sesion, actor, convocatoria, hoja)


def _suya(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    dicha = certificado_de(sesion, convocatoria.id)
    actual = sesion.get(Certificacion, dicha) if dicha else None
    vigentes = vigentes_de(sesion, convocatoria.unidad_id)
    todas = {c.id: c for c in (*vigentes, *([actual] if actual else ()))}
    queda = quedan(sesion, todas.values())
    opciones = [(str(c.id), _en_palabras(c, queda[c.id])) for c in vigentes]
    cambia = convocatoria.estado not in DECIDIDOS and tiene_facultad(
        sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR
    )
    formulario = CERTIFICADO.mostrar(
        request, {"certificacion_id": dicha}, enviada=hoja, opciones={"certificacion_id": opciones}
    )
    return pagina(
        request,
        "feria_inversa/expediente/certificado.html",
        hoja=hoja,
        convocatoria=convocatoria,
        actual=actual,
        queda=queda[actual.id] if actual else None,
        certificado=formulario if cambia else None,
        hay=bool(opciones),
    )


def _en_palabras(fila: Certificacion, queda: Money) -> str:
    return _("{numero} de {gestion}, quedan {queda}: {concepto}").format(
        numero=fila.numero, gestion=fila.gestion, queda=formato_bs(queda), concepto=fila.concepto
    )

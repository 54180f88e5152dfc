"""Page where who evaluates writes what was said at the mesa de negociación."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import ValidationError
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.evaluacion import (
    MESA,
    HojaDeMesa,
    ItemComparado,
    MesaDePagina,
    MesaEntrada,
    RebajaEntrada,
    anotar_mesa,
    comparar,
    mesas_de,
)
from feria_inversa.procesos import (
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoNoPermite,
    convocatoria_visible,
    oculta_nombres,
    puede_gestionar,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
CASILLAS_MAXIMAS = 500
"""What a form holds; more comes by the API."""
Casilla = tuple[UUID, UUID]


def _en_evaluacion(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    if convocatoria.estado != Estado.EVALUACION:
        raise EstadoNoPermite(_("La mesa se anota mientras la convocatoria está en evaluación."))
    return convocatoria


def _casillas(comparados: Sequence[ItemComparado]) -> dict[Casilla, int]:
    """The number of the row of each bid for each item, in the order in which they are read."""
    pares = [(c.item.id, li.propuesta.oferta.id) for c in comparados for li in c.lineas]
    return {par: n for n, par in enumerate(pares, start=1)}


@router.get("/compras/{convocatoria_id}/mesa")
def preparar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina(request, sesion, _en_evaluacion(sesion, actor, convocatoria_id))


def _pagina(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    comparados = comparar(sesion, convocatoria)
    casillas = _casillas(comparados)
    return pagina(
        request,
        "feria_inversa/expediente/mesa.html",
        hoja=hoja,
        convocatoria=convocatoria,
        comparados=comparados,
        casillas=casillas,
        cabe=len(casillas) <= CASILLAS_MAXIMAS,
        oculta=oculta_nombres(convocatoria),
        mesa=MESA.mostrar(request, enviada=hoja),
        mesas=mesas_de(sesion, convocatoria),
    )


@router.post("/compras/{convocatoria_id}/mesa", response_model=None)
def anotar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeMesa
) -> HTMLResponse | RedirectResponse:
    convocatoria = _en_evaluacion(sesion, actor, convocatoria_id)
    with hoja:
        datos = _entrada(hoja, comparar(sesion, convocatoria))
        if hoja.ya_hecha:
            return redirigir(f"/compras/{convocatoria_id}", _("La mesa ya quedó anotada."))
        hecho = anotar_mesa(sesion, actor, convocatoria_id, datos)
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó lo que se dijo. Vale cuando firmen los demás."))
        return redirigir(f"/compras/{convocatoria_id}", _("La mesa quedó anotada y es pública."))
    return _pagina(request, sesion, convocatoria, hoja)


def _entrada(hoja: Hoja[MesaDePagina], comparados: Sequence[ItemComparado]) -> MesaEntrada:
    """The rows of the page as the API takes them; a lower price of an item of which nothing is said, with its
    own words.
    """
    de_fila = {n: par for par, n in _casillas(comparados).items()}
    rebajas: dict[UUID, list[RebajaEntrada]] = {}
    for fila, dicha in zip(hoja.filas("rebajas"), hoja.datos.rebajas, strict=True):
        if fila in de_fila:
            item_id, oferta_id = de_fila[fila]
            rebajas.setdefault(item_id, []).append(
                RebajaEntrada(oferta_id=oferta_id, precio_unitario=dicha.precio)
            )
    dichos = dict(zip(hoja.filas("dichos"), (d.dicho for d in hoja.datos.dichos), strict=True))
    presentes = [renglon.strip() for renglon in hoja.datos.presentes.split("\n") if renglon.strip()]
    hechos = [
        {
            "item_id": c.item.id,
            "dicho": dichos.get(c.item.numero) or _("Se dijo un precio menor."),
            "rebajas": rebajas.get(c.item.id, []),
        }
        for c in comparados
        if dichos.get(c.item.numero) or c.item.id in rebajas
    ]
    if not hechos:
        raise DatosInvalidos(_("Escriba qué se dijo de algún ítem."))
    try:
        return MesaEntrada.model_validate({"presentes": presentes, "dichos": hechos})
    except ValidationError as error:
        raise _de_mas(error) from error


def _de_mas(error: ValidationError) -> DatosInvalidos:
    """What the fields of the page could not tell: it is of all the lines of one, or of all prices."""
    if any(falta["loc"][0] == "presentes" for falta in error.errors()):
        detalle = _("Escriba cada persona en un renglón, de 3 a 200 letras, hasta 200 personas.")
        return DatosInvalidos(campos={"presentes": detalle})
    return DatosInvalidos(_("De un ítem se anotan hasta 100 precios menores."))

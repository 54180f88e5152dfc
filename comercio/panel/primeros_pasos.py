"""What a new shop lacks to sell, each thing with where it is done."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import Habilitacion, Unidad, tiene_habilitacion
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Paso:
    codigo: str
    titulo: str
    texto: str
    icono: str
    url: str
    hecho: bool


_PRODUCTOS = text(
    """
    SELECT count(*) AS todos, count(*) FILTER (WHERE foto IS NOT NULL) AS con_foto,
           count(*) FILTER (WHERE disponible > 0) AS con_existencia,
           count(*) FILTER (WHERE estado = 'publicado') AS publicados
    FROM (SELECT foto, disponible, estado FROM comercio_producto
          WHERE vendedor_id = :unidad AND estado <> 'retirado' LIMIT 1000) p
    """
)


def primeros_pasos(sesion: Session, unidad: Unidad) -> list[Paso]:
    """In the order in which they are done; two queries."""
    p = sesion.connection().execute(_PRODUCTOS, {"unidad": unidad.id}).one()
    ficha, productos = f"/mis-unidades/{unidad.numero}", f"/vender/productos?unidad={unidad.id}"
    return [
        Paso(
            "inscribir",
            _("Inscribir la unidad"),
            _("Complete su registro y preséntelo."),
            "store",
            ficha,
            unidad.esta_activa,
        ),
        Paso(
            "habilitar",
            _("Pedir la habilitación de vendedor"),
            _("Puede preparar borradores, pero para publicar la necesita."),
            "badge-check",
            f"{ficha}/habilitaciones",
            tiene_habilitacion(sesion, unidad.id, Habilitacion.VENDEDOR),
        ),
        Paso(
            "lugar",
            _("Decir de dónde despacha"),
            _("Su municipio y su dirección: ahí se cuenta su plazo y vuelve lo no entregado."),
            "map-pin",
            ficha,
            bool(unidad.municipio_ine and unidad.direccion),
        ),
        Paso(
            "producto",
            _("Cargar su primer producto"),
            _("Con una foto del celular alcanza."),
            "package-plus",
            f"/vender/productos/nuevo?unidad={unidad.id}",
            p.todos > 0,
        ),
        Paso(
            "foto",
            _("Poner una foto"),
            _("Lo que se ve se vende: abra el producto y súbala."),
            "image",
            productos,
            p.con_foto > 0,
        ),
        Paso(
            "existencia",
            _("Anotar cuánto tiene"),
            _("Sin existencia nadie puede comprarlo."),
            "package",
            productos,
            p.con_existencia > 0,
        ),
        Paso(
            "publicar",
            _("Publicar"),
            _("Cambie el estado del producto: queda en la tienda al momento."),
            "shopping-bag",
            productos,
            p.publicados > 0,
        ),
    ]

"""What is looked at by itself, and who is told of reports and takings off sale."""

from sqlmodel import Session

from ciudadania import clase, notificar
from comercio.catalogo import eventos as de_catalogo
from comercio.catalogo.modelos import Producto
from comercio.confianza import eventos
from comercio.confianza.denunciar import revisar_por_reglas
from comercio.confianza.modelos import Denuncia, Intervencion
from comercio.pedidos import AVISO_VENTA
from empresa_digital.registro import notificar_unidad
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

AVISO_DENUNCIA = clase(
    "comercio.denuncia", _l("Sus denuncias"), _l("%(n)s novedades de sus denuncias"), icono="flag"
)


@al_ocurrir(de_catalogo.PRODUCTO_PUBLICADO, consumidor="comercio.revisar_por_reglas")
@al_ocurrir(de_catalogo.PRODUCTO_REESCRITO, consumidor="comercio.revisar_por_reglas")
def revisar(sesion: Session, evento: EventoRecibido) -> None:
    if not revisar_por_reglas(sesion, evento.objeto_id):
        return
    producto = sesion.get_one(Producto, evento.objeto_id)
    notificar_unidad(
        sesion,
        producto.vendedor_id,
        _("«%(titulo)s» tiene reglas de venta") % {"titulo": producto.titulo},
        _("Por su nombre, la autoridad lo mirará. Sigue a la venta: lea qué se pide."),
        "/tienda/reglas",
        clase=AVISO_VENTA,
    )


@al_ocurrir(eventos.DENUNCIA_TERMINADA, consumidor="comercio.avisar_denuncia")
def avisar_a_quien_denuncio(sesion: Session, evento: EventoRecibido) -> None:
    denuncia = sesion.get_one(Denuncia, evento.objeto_id)
    if denuncia.persona_id is None:
        return
    producto = sesion.get_one(Producto, denuncia.producto_id)
    notificar(
        sesion,
        persona_id=denuncia.persona_id,
        asunto=_("Su denuncia de «%(titulo)s»") % {"titulo": producto.titulo},
        cuerpo=f"{denuncia.texto}. {denuncia.decision}".strip(),
        clase=AVISO_DENUNCIA,
    )


@al_ocurrir(eventos.PRODUCTO_INTERVENIDO, consumidor="comercio.avisar_intervencion")
@al_ocurrir(eventos.INTERVENCION_MOVIDA, consumidor="comercio.avisar_intervencion")
def avisar_a_quien_vende(sesion: Session, evento: EventoRecibido) -> None:
    intervencion = sesion.get_one(Intervencion, evento.objeto_id)
    producto = sesion.get_one(Producto, intervencion.producto_id)
    cuerpo = f"{intervencion.texto}."
    if intervencion.vence_en is not None:
        cuerpo += " " + _("Hay plazo hasta el %(dia)s.") % {"dia": filtro_fecha(intervencion.vence_en)}
    notificar_unidad(
        sesion,
        producto.vendedor_id,
        _("La autoridad y su producto «%(titulo)s»") % {"titulo": producto.titulo},
        cuerpo,
        f"/vender/productos/{producto.id}/intervencion",
        clase=AVISO_VENTA,
    )

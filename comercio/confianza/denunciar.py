"""A report about a product: made by a person or by a rule of sale, decided by the authority or ended by time.

Every act and sweep takes the lock of the product first.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.catalogo import EstadoProducto, ProductoNoEncontrado, bloquear_producto
from comercio.catalogo.modelos import Producto
from comercio.confianza import eventos
from comercio.confianza.errores import DemasiadasDenuncias, DenunciaRepetida, SinDenuncias
from comercio.confianza.esquemas import DecisionDeDenuncia, DenunciaNueva
from comercio.confianza.estados import VIDA_DENUNCIA, EstadoDenuncia, MotivoDenuncia
from comercio.confianza.intervenir import SISTEMA, autorizar, fin_de, intervenir
from comercio.confianza.modelos import Denuncia
from comercio.confianza.reglas import reglas_de
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar, auditar_varios
from nucleo.dinero import a_centavos
from nucleo.errores import Prohibido
from nucleo.eventos import Noticia, publicar_varias
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

REVISAR = "comercio.revisar_denuncia"
POR_DIA = 10
_D = EstadoDenuncia
A_LA_VISTA = (EstadoProducto.PUBLICADO, EstadoProducto.PAUSADO)


def denunciar(sesion: Session, actor: Actor, producto_id: UUID, datos: DenunciaNueva) -> Denuncia:
    """Somebody says that a product should not be on sale; once while the authority has not decided.

    Raises `ProductoNoEncontrado`, `Prohibido` (a machine), `DenunciaRepetida`, `DemasiadasDenuncias`.
    """
    if actor.persona_id is None:
        raise Prohibido(_("Denuncia una persona, con su ciudadanía digital."))
    producto = bloquear_producto(sesion, producto_id)
    if producto.estado not in A_LA_VISTA:
        raise ProductoNoEncontrado()
    if any(d.persona_id == actor.persona_id for d in abiertas_de(sesion, producto_id)):
        raise DenunciaRepetida(_("Su denuncia de este producto espera a la autoridad: le avisaremos."))
    desde = ahora_bd(sesion) - timedelta(days=1)
    suyas = select(func.count()).where(
        col(Denuncia.persona_id) == actor.persona_id, col(Denuncia.abierta_en) > desde
    )
    if sesion.exec(suyas).one() >= POR_DIA:
        texto = _("Puede denunciar hasta %(n)s productos por día: siga mañana.") % {"n": POR_DIA}
        raise DemasiadasDenuncias(texto, espere_s=3600)
    denuncia = Denuncia(
        producto_id=producto_id,
        persona_id=actor.persona_id,
        visto=_visto(producto),
        **datos.model_dump(),
    )
    return _abrir(sesion, producto, denuncia, Autorizacion.propia(actor))


def revisar_por_reglas(sesion: Session, producto_id: UUID) -> int:
    """Ask the authority to look at a product on sale whose title is that of something with rules; for how
    many rules that it was not asked before. What was found without fault is not asked again."""
    producto = bloquear_producto(sesion, producto_id)
    if producto.estado not in A_LA_VISTA:
        return 0
    ya = select(Denuncia.regla_codigo).where(
        col(Denuncia.producto_id) == producto_id, col(Denuncia.estado).in_([_D.ABIERTA, _D.NO_PROCEDE])
    )
    conocidas = set(sesion.exec(ya))
    nuevas = [regla for regla in reglas_de(sesion, producto.titulo) if regla.codigo not in conocidas]
    for regla in nuevas:
        denuncia = Denuncia(
            producto_id=producto_id,
            regla_codigo=regla.codigo,
            motivo=MotivoDenuncia.REVISION,
            relato=f"{regla.nombre}. {regla.que_se_pide} {regla.norma}.",
            visto=_visto(producto),
        )
        _abrir(sesion, producto, denuncia, SISTEMA)
    return len(nuevas)


def decidir(sesion: Session, actor: Actor, producto_id: UUID, datos: DecisionDeDenuncia) -> None:
    """The authority decides on all that waits of a product: it leaves the shop, or there is no fault.

    Raises `ProductoNoEncontrado`, `SinFacultad`, `SinCompetencia`, `CasoPropio`, `SinDenuncias`,
    `IntervencionNoAdmite`.
    """
    producto = bloquear_producto(sesion, producto_id)
    autorizacion = autorizar(sesion, actor, producto)
    abiertas = abiertas_de(sesion, producto_id)
    if not abiertas:
        raise SinDenuncias()
    for denuncia in abiertas:
        denuncia.decision, denuncia.decidio_id = datos.motivos, autorizacion.actor.id
        denuncia.decidio = autorizacion.actor.nombre[:200]
    _terminar(sesion, abiertas, _D.PROCEDE if datos.retirar else _D.NO_PROCEDE, autorizacion)
    if datos.retirar:
        intervenir(sesion, autorizacion, producto, datos.motivos)


def vencer_denuncia(sesion: Session, denuncia_id: UUID) -> bool:
    """The sweep: the authority said nothing in its term, and the product goes on. False when it is not so."""
    bloquear_producto(sesion, sesion.get_one(Denuncia, denuncia_id).producto_id)
    denuncia = sesion.get_one(Denuncia, denuncia_id, populate_existing=True)
    if denuncia.vence_en is None or denuncia.vence_en > ahora_bd(sesion):
        return False
    _terminar(sesion, [denuncia], _D.SIN_DECISION, SISTEMA)
    return True


def abiertas_de(sesion: Session, producto_id: UUID) -> Sequence[Denuncia]:
    """What waits of a product, the oldest first."""
    consulta = select(Denuncia).where(
        col(Denuncia.producto_id) == producto_id, col(Denuncia.vence_en).is_not(None)
    )
    return sesion.exec(consulta.order_by(col(Denuncia.abierta_en), col(Denuncia.id))).all()


def _visto(producto: Producto) -> dict[str, Any]:
    return {
        "titulo": producto.titulo,
        "descripcion": producto.descripcion,
        "precio_centavos": a_centavos(producto.precio),
    }


def _abrir(sesion: Session, producto: Producto, denuncia: Denuncia, quien: Autorizacion) -> Denuncia:
    denuncia.abierta_en = ahora_bd(sesion)
    denuncia.vence_en = fin_de(sesion, REVISAR, producto)
    sesion.add(denuncia)
    sesion.flush()
    hechos = {"producto_id": str(producto.id), "motivo": denuncia.motivo}
    auditar(sesion, quien, "denuncia.abrir", "comercio_denuncia", denuncia.id, hechos)
    return denuncia


def _terminar(
    sesion: Session, denuncias: Sequence[Denuncia], fin: EstadoDenuncia, quien: Autorizacion
) -> None:
    """All of them, in as many statements as one: a product may have thousands."""
    ahora = ahora_bd(sesion)
    for denuncia in denuncias:
        VIDA_DENUNCIA.pasar(denuncia, fin)
        denuncia.vence_en, denuncia.terminada_en = None, ahora
        denuncia.version += 1
    sesion.flush()
    hechos = {d.id: {"producto_id": str(d.producto_id), "estado": fin.value} for d in denuncias}
    publicar_varias(
        sesion, [Noticia(eventos.DENUNCIA_TERMINADA, id, datos) for id, datos in hechos.items()], quien
    )
    auditar_varios(sesion, quien, "denuncia.terminar", "comercio_denuncia", hechos)

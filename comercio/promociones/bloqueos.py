"""Row locks of promotions, coupons and their uses: after products, before the ledger's accounts. A sale holds
the promotions of its lines (`comercio_cargo_por_que`) and the coupon that it uses (`comercio_cupon_contar`).
"""

from uuid import UUID

from sqlmodel import Session, col, select

from comercio.promociones.modelos import Cupon, Promocion, UsoDeCupon


def bloquear_promocion(sesion: Session, promocion_id: UUID) -> Promocion | None:
    """The row, locked and fresh, if there is one."""
    return sesion.get(Promocion, promocion_id, with_for_update={"key_share": True}, populate_existing=True)


def bloquear_cupon(sesion: Session, cupon_id: UUID) -> Cupon | None:
    """The row, locked and fresh, if there is one."""
    return sesion.get(Cupon, cupon_id, with_for_update={"key_share": True}, populate_existing=True)


def uso_de_la_compra(sesion: Session, compra_id: UUID, vendedor_id: UUID) -> UsoDeCupon | None:
    """The use of a coupon of that seller in a purchase that was not given back, locked."""
    consulta = (
        select(UsoDeCupon)
        .join(Cupon, col(Cupon.id) == col(UsoDeCupon.cupon_id))
        .where(
            col(UsoDeCupon.compra_id) == compra_id,
            col(Cupon.vendedor_id) == vendedor_id,
            col(UsoDeCupon.devuelto_en).is_(None),
        )
    )
    return sesion.exec(
        consulta.with_for_update(of=UsoDeCupon).execution_options(populate_existing=True)
    ).one_or_none()

"""Where the people of an entity look at what they ordered, and pay it; and who sells at its payment."""

from uuid import UUID

PAGINA_DE_QUIEN_VENDE = "/vender/deudas"
PAGINA_DE_LA_AUTORIDAD = "/regulador/entidades-que-deben"


def pagina_de_compra(compra_id: UUID) -> str:
    """Of everybody who may do something about it: who only pays for the entity does not see its order. Its
    purchase from the catalogue, the only door of an entity's order, has the id of the purchase."""
    return f"/compras-de-catalogo/{compra_id}"


def pagina_de_la_respuesta(pedido_id: UUID) -> str:
    """Of who sells, alone or with others: whether what was paid outside came."""
    return f"/vender/pedidos/{pedido_id}/pago-de-entidad"


def pagina_de_la_entidad(entidad_id: UUID) -> str:
    """All that an entity bought so, also for who only pays."""
    return f"/entidades/{entidad_id}/compras-de-catalogo"

"""Names of suppliers. The history knows them by name only, and a name is not an identity: one name may be of
several, and one supplier is written in several ways.

Of a name that does not say that it is a company's there is no page: it may be a person's.
"""

import re

DE_EMPRESA = frozenset(
    {
        "asociacion",
        "compania",
        "cooperativa",
        "corporacion",
        "empresa",
        "fundacion",
        "industrias",
        "laboratorios",
        "limitada",
        "ltda",
        "oeca",
        "sa",
        "sam",
        "sociedad",
        "srl",
    }
)
DE_PERSONA = frozenset({"propietaria", "propietario", "unipersonal"})
"""What is called a company's all the same, and is somebody's."""
NUMERO = re.compile(r"UE-[0-9]{7,12}-[0-9]")


def es_de_empresa(llano: str) -> bool:
    """Whether a plain name (`feria_nombre_llano`) says by itself that it is of no person."""
    palabras = llano.split("-")
    return not DE_EMPRESA.isdisjoint(palabras) and DE_PERSONA.isdisjoint(palabras)


def pagina_de_proveedor(clave: str) -> str | None:
    """Where what it was awarded is told, if anywhere."""
    if NUMERO.fullmatch(clave) or es_de_empresa(clave):
        return f"/feria/mercado/proveedores/{clave}"
    return None

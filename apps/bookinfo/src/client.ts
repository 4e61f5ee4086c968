import "../../echo/src/client";
